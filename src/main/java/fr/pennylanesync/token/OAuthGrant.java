package fr.pennylanesync.token;

import fr.pennylanesync.settings.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds what the authorisation server gave for a refresh token.
 *
 * @param refreshToken takes the place of the one that was used; without it, RFC 6749 section 6 lets the old one serve
 * on
 */
record OAuthGrant(Secret accessToken, Optional<Secret> refreshToken, Duration validFor) {}

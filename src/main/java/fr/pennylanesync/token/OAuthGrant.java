package fr.pennylanesync.token;

import fr.pennylanesync.settings.Secret;
import java.time.Duration;

/** Holds what the authorisation server gave for a refresh token, which is used up by it. */
record OAuthGrant(Secret accessToken, Secret refreshToken, Duration validFor) {}

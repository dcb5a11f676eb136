package fr.pennylanesync.sandbox;

import java.net.URI;

/**
 * What a partner's application holds for one company.
 *
 * @param tokenUri where to refresh
 * @param refreshToken good once, for 90 days
 * @param accessToken good for 24 hours, until refreshed
 */
public record OAuthCredentials(URI tokenUri, String clientId, String clientSecret, String refreshToken,
        String accessToken) {}

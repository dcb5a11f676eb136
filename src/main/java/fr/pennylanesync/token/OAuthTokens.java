package fr.pennylanesync.token;

import fr.pennylanesync.settings.Secret;
import java.nio.file.Path;

/** Turns an OAuth file into the access token to use now. */
public interface OAuthTokens {

    Secret accessToken(Path file, TokenText text);
}

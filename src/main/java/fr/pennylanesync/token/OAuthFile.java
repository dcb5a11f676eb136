package fr.pennylanesync.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The content of {@code <alias>.oauth}: a JSON object with {@code client_id}, {@code client_secret} and {@code
 * refresh_token}, each of which may be a property placeholder, to which the runtime adds {@code access_token} and
 * {@code
 * access_token_expires_at}. Other fields are kept as they are.
 */
final class OAuthFile {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String REFRESH_TOKEN = "refresh_token";
    private static final String ACCESS_TOKEN = "access_token";
    private static final String EXPIRES_AT = "access_token_expires_at";

    private final ObjectNode json;

    private OAuthFile(ObjectNode json) {
        this.json = json;
    }

    /** Returns a new file, without an access token yet. */
    static OAuthFile of(Secret clientId, Secret clientSecret, Secret refreshToken) {
        return new OAuthFile(MAPPER.createObjectNode().put("client_id", clientId.reveal())
                .put("client_secret", clientSecret.reveal()).put(REFRESH_TOKEN, refreshToken.reveal()));
    }

    static OAuthFile parse(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return new OAuthFile(object);
            }
        } catch (JsonProcessingException notJson) {
            throw new SyncException(TokenErrorCode.OAUTH_FILE_INVALID);
        }
        throw new SyncException(TokenErrorCode.OAUTH_FILE_INVALID);
    }

    Secret clientId(TokenText text) {
        return required("client_id", text);
    }

    Secret clientSecret(TokenText text) {
        return required("client_secret", text);
    }

    Secret refreshToken(TokenText text) {
        return required(REFRESH_TOKEN, text);
    }

    /** The access token, if it lasts at least so long. */
    Optional<Secret> accessToken(Instant now, Duration atLeast, TokenText text) {
        JsonNode token = json.path(ACCESS_TOKEN);
        Optional<Instant> expiresAt = instant(json.path(EXPIRES_AT).asText());
        if (!token.isTextual() || expiresAt.filter(end -> end.isAfter(now.plus(atLeast))).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(text.parse(token.textValue()));
    }

    /** @param refreshToken empty: the one that is there stays, as it is written */
    OAuthFile renewed(Secret accessToken, Instant expiresAt, Optional<Secret> refreshToken) {
        ObjectNode copy = json.deepCopy();
        refreshToken.ifPresent(token -> copy.put(REFRESH_TOKEN, token.reveal()));
        copy.put(ACCESS_TOKEN, accessToken.reveal());
        copy.put(EXPIRES_AT, expiresAt.toString());
        return new OAuthFile(copy);
    }

    String text() {
        return json.toPrettyString() + "\n";
    }

    private Secret required(String field, TokenText text) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new SyncException(TokenErrorCode.OAUTH_FILE_INVALID);
        }
        return text.parse(value.textValue());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException absent) {
            return Optional.empty();
        }
    }
}

package fr.pennylanesync.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.ExactJson;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Turns an error status into the typed failure. Pennylane publishes two JSON shapes ({@code error, status} and
 * {@code error, message, details}) and sends plain text and empty bodies too; the status decides, the body adds at most
 * the name of a missing scope.
 */
public final class HttpFailures {

    private static final Pattern MISSING_SCOPE = Pattern.compile(
            "(?:requires scope \"|Missing scope: )([a-z][a-z_]{1,39}:(?:readonly|read|all|agl|fec|gl))(?![\\w:.-])");

    private HttpFailures() {}

    public static SyncException of(ErrorAnswer answer) {
        ErrorCode code = codeOf(answer);
        FailureFacts facts = FailureFacts.at(answer.path()).status(answer.status()).retryAfter(answer.retryAfter());
        if (code != ApiErrorCode.SCOPE_MISSING) {
            return facts.failure(code);
        }
        return facts.missingScope(missingScope(answer.body())).failure(code);
    }

    private static ErrorCode codeOf(ErrorAnswer answer) {
        int status = answer.status();
        if (status >= 500 && status <= 599) {
            return ApiErrorCode.SERVER_ERROR;
        }
        return switch (status) {
            case 400 -> answer.cursorSent() ? ApiErrorCode.CURSOR_REFUSED : ApiErrorCode.BAD_REQUEST;
            case 401 -> ApiErrorCode.TOKEN_REFUSED;
            case 403 -> missingScope(answer.body()).isPresent() ? ApiErrorCode.SCOPE_MISSING : ApiErrorCode.FORBIDDEN;
            case 404 -> ApiErrorCode.NOT_FOUND;
            case 405 -> ApiErrorCode.METHOD_NOT_ALLOWED;
            case 408 -> ApiErrorCode.RESPONSE_TIMEOUT;
            case 409 -> ApiErrorCode.CONFLICT;
            case 422 -> answer.path().contains("/changelogs/")
                    ? ApiErrorCode.CHANGELOG_TOO_OLD
                    : ApiErrorCode.UNPROCESSABLE;
            case 429 -> ApiErrorCode.RATE_LIMITED;
            default -> ApiErrorCode.UNEXPECTED_STATUS;
        };
    }

    private static Optional<String> missingScope(byte[] body) {
        return texts(body)
                .map(MISSING_SCOPE::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    private static Stream<String> texts(byte[] body) {
        try {
            JsonNode root = ExactJson.MAPPER.readTree(body);
            return Stream.of("error", "message").map(field -> root.path(field).asText(""));
        } catch (JsonProcessingException notJson) {
            return Stream.of(new String(body, StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory failed", impossible);
        }
    }
}

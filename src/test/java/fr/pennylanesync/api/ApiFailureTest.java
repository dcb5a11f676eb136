package fr.pennylanesync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.TransportFailures;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.Fault;
import fr.pennylanesync.failure.SyncException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiFailureTest {

    private static final String CANARY = "Boulangerie Canari FR7612345";

    @ParameterizedTest
    @CsvSource({
            "400, /customers, BAD_REQUEST, OURS, false",
            "401, /customers, TOKEN_REFUSED, CONFIGURATION, false",
            "403, /customers, FORBIDDEN, CONFIGURATION, false",
            "404, /customers/42, NOT_FOUND, ITEM, false",
            "405, /customers, METHOD_NOT_ALLOWED, OURS, false",
            "408, /customers, RESPONSE_TIMEOUT, THEIRS, true",
            "409, /customers, CONFLICT, ITEM, false",
            "422, /customers, UNPROCESSABLE, OURS, false",
            "422, /changelogs/customers, CHANGELOG_TOO_OLD, OURS, false",
            "429, /customers, RATE_LIMITED, THEIRS, true",
            "500, /customers, SERVER_ERROR, THEIRS, true",
            "502, /customers, SERVER_ERROR, THEIRS, true",
            "503, /customers, SERVER_ERROR, THEIRS, true",
            "504, /customers, SERVER_ERROR, THEIRS, true",
            "302, /customers, UNEXPECTED_STATUS, THEIRS, false",
            "418, /customers, UNEXPECTED_STATUS, THEIRS, false",
    })
    void namesEveryDocumentedStatus(int status, String path, ApiErrorCode code, Fault fault, boolean retryable) {
        for (String body : new String[] {
                "", CANARY, "<html>" + CANARY, "{\"error\":\"" + CANARY + "\",\"status\":" + status + "}",
                "{\"error\":\"x\",\"message\":\"" + CANARY + "\",\"details\":{}}", "[1,2", "null"
        }) {
            SyncException failure = HttpFailures.of(answer(path, status, body));
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.code().fault()).isEqualTo(fault);
            assertThat(failure.retryable()).isEqualTo(retryable);
            assertThat(failure).hasMessageContaining("status " + status).hasMessageContaining(path)
                    .hasMessageContaining(code.remedy());
            assertThat(failure.getMessage()).doesNotContain("Canari", "FR76");
            assertThat(failure.getCause()).isNull();
        }
    }

    @Test
    void readsABadRequestOnACursorAsAStaleCursor() {
        byte[] body = "{\"error\":\"bad cursor\",\"status\":400}".getBytes(StandardCharsets.UTF_8);
        ErrorAnswer answer = new ErrorAnswer("/transactions", 400, true, Optional.empty(), body);
        assertThat(HttpFailures.of(answer).code()).isEqualTo(ApiErrorCode.CURSOR_REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"error\":\"Access to this resource requires scope \\\"transactions:readonly\\\".\",\"status\":403}",
            "{\"error\":\"forbidden\",\"message\":\"Missing scope: transactions:readonly\"}",
            "Missing scope: transactions:readonly",
    })
    void extractsTheMissingScopeFromEachShape(String body) {
        SyncException failure = HttpFailures.of(answer("/transactions", 403, body));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.SCOPE_MISSING);
        assertThat(failure).hasMessageContaining("scope transactions:readonly)");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"error\":\"requires scope \\\"jean.dupont@example.fr\\\"\"}",
            "{\"error\":\"Missing scope: Transactions:readonly\"}",
            "{\"error\":\"Missing scope: transactions:readonly@example.fr\"} trailing",
            "{\"message\":\"Missing scope: transactions:readonly-jean\"}",
            "{\"other\":\"Missing scope: transactions:readonly\"}",
    })
    void takesNothingThatIsNotExactlyAScope(String body) {
        SyncException failure = HttpFailures.of(answer("/transactions", 403, body));
        assertThat(failure.code()).isIn(ApiErrorCode.FORBIDDEN, ApiErrorCode.SCOPE_MISSING);
        assertThat(failure.getMessage()).doesNotContain("jean", "example", "Transactions");
    }

    @Test
    void carriesTheServersWaitingTime() {
        ErrorAnswer answer = new ErrorAnswer("/customers", 429, false, Optional.of(Duration.ofSeconds(2)),
                "Rate limit exceeded. Please retry in 2 seconds.".getBytes(StandardCharsets.UTF_8));
        assertThat(HttpFailures.of(answer)).hasMessageContaining("retry after 2 s");
    }

    @Test
    void namesEachWayInWhichASocketFails() {
        assertCode(new UnknownHostException(CANARY), ApiErrorCode.HOST_UNKNOWN);
        assertCode(new ConnectException(CANARY), ApiErrorCode.CONNECTION_REFUSED);
        assertCode(new ConnectTimeoutException(CANARY), ApiErrorCode.CONNECT_TIMEOUT);
        assertCode(new SocketTimeoutException(CANARY), ApiErrorCode.RESPONSE_TIMEOUT);
        assertCode(new SocketException(CANARY), ApiErrorCode.CONNECTION_RESET);
        assertCode(new NoHttpResponseException(CANARY), ApiErrorCode.CONNECTION_RESET);
        assertCode(new ConnectionClosedException(CANARY), ApiErrorCode.BODY_CUT_SHORT);
        assertCode(new EOFException(CANARY), ApiErrorCode.BODY_CUT_SHORT);
        assertCode(new ConnectionRequestTimeoutException(CANARY), ApiErrorCode.POOL_EXHAUSTED);
        assertCode(new SSLHandshakeException(CANARY), ApiErrorCode.TLS_FAILED);
        assertCode(new IOException(CANARY), ApiErrorCode.IO_FAILED);
    }

    @Test
    void hasNoPlaceForFreeText() {
        assertThat(FailureFacts.at("/customers?filter=" + CANARY).path()).isEqualTo("(path withheld)");
        assertThatThrownBy(() -> FailureFacts.at("/x").number(CANARY, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FailureFacts.at("/x").missingScope(Optional.of(CANARY)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesEachCodeARemedyOfOneSentence() {
        assertThat(Arrays.stream(ApiErrorCode.values()).map(ApiErrorCode::remedy))
                .allSatisfy(remedy -> assertThat(remedy).hasSizeBetween(9, 200).doesNotEndWith("."));
    }

    private static void assertCode(IOException problem, ErrorCode code) {
        SyncException failure = TransportFailures.of(problem, "/customers");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("Canari");
        assertThat(failure.getCause()).isNull();
    }

    private static ErrorAnswer answer(String path, int status, String body) {
        return new ErrorAnswer(path, status, false, Optional.empty(), body.getBytes(StandardCharsets.UTF_8));
    }
}

package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportFailuresTest {

    private static final String CANARY = "canary.example";

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new ConnectionRequestTimeoutException(CANARY), ApiErrorCode.POOL_EXHAUSTED),
                Arguments.of(new ConnectTimeoutException(CANARY), ApiErrorCode.CONNECT_TIMEOUT),
                Arguments.of(new SocketTimeoutException(CANARY), ApiErrorCode.RESPONSE_TIMEOUT),
                Arguments.of(new UnknownHostException(CANARY), ApiErrorCode.HOST_UNKNOWN),
                Arguments.of(new ConnectException(CANARY), ApiErrorCode.CONNECTION_REFUSED),
                Arguments.of(new NoRouteToHostException(CANARY), ApiErrorCode.CONNECTION_REFUSED),
                Arguments.of(new MessageConstraintException(CANARY), ApiErrorCode.HEADERS_TOO_LARGE),
                Arguments.of(new TruncatedChunkException(CANARY), ApiErrorCode.BODY_CUT_SHORT),
                Arguments.of(new MalformedChunkCodingException(CANARY), ApiErrorCode.BODY_CUT_SHORT),
                Arguments.of(new ConnectionClosedException(CANARY), ApiErrorCode.BODY_CUT_SHORT),
                Arguments.of(new EOFException(CANARY), ApiErrorCode.BODY_CUT_SHORT),
                Arguments.of(new ZipException(CANARY), ApiErrorCode.BODY_CUT_SHORT),
                Arguments.of(new SSLHandshakeException(CANARY), ApiErrorCode.TLS_FAILED),
                Arguments.of(new SSLPeerUnverifiedException(CANARY), ApiErrorCode.TLS_FAILED),
                Arguments.of(new SSLException(CANARY), ApiErrorCode.CONNECTION_RESET),
                Arguments.of(new SocketException(CANARY), ApiErrorCode.CONNECTION_RESET),
                Arguments.of(new NoHttpResponseException(CANARY), ApiErrorCode.CONNECTION_RESET),
                Arguments.of(new IOException(CANARY), ApiErrorCode.IO_FAILED));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void whatASocketThrewHasACodeAndLosesItsText(IOException problem, ApiErrorCode code) {
        SyncException failure = TransportFailures.of(problem, "/customers");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("/customers").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain(CANARY);
    }
}

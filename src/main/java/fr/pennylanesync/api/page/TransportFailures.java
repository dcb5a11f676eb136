package fr.pennylanesync.api.page;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
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

/** Turns what a socket threw into the typed failure. The exception's own text is dropped on purpose. */
public final class TransportFailures {

    private TransportFailures() {}

    public static SyncException of(IOException problem, String path) {
        return FailureFacts.at(path).failure(codeOf(problem));
    }

    // Subclasses come before their parents.
    private static ErrorCode codeOf(IOException problem) {
        if (problem instanceof ConnectionRequestTimeoutException) {
            return ApiErrorCode.POOL_EXHAUSTED;
        }
        if (problem instanceof ConnectTimeoutException) {
            return ApiErrorCode.CONNECT_TIMEOUT;
        }
        if (problem instanceof SocketTimeoutException) {
            return ApiErrorCode.RESPONSE_TIMEOUT;
        }
        if (problem instanceof UnknownHostException) {
            return ApiErrorCode.HOST_UNKNOWN;
        }
        if (problem instanceof ConnectException || problem instanceof NoRouteToHostException) {
            return ApiErrorCode.CONNECTION_REFUSED;
        }
        if (problem instanceof MessageConstraintException) {
            return ApiErrorCode.HEADERS_TOO_LARGE;
        }
        if (isCutShort(problem)) {
            return ApiErrorCode.BODY_CUT_SHORT;
        }
        if (problem instanceof SSLHandshakeException || problem instanceof SSLPeerUnverifiedException) {
            return ApiErrorCode.TLS_FAILED;
        }
        if (isReset(problem)) {
            return ApiErrorCode.CONNECTION_RESET;
        }
        return ApiErrorCode.IO_FAILED;
    }

    private static boolean isCutShort(IOException problem) {
        return problem instanceof TruncatedChunkException
                || problem instanceof MalformedChunkCodingException
                || problem instanceof ConnectionClosedException
                || problem instanceof EOFException
                || problem instanceof ZipException;
    }

    private static boolean isReset(IOException problem) {
        return problem instanceof SocketException
                || problem instanceof NoHttpResponseException
                || problem instanceof SSLException;
    }
}

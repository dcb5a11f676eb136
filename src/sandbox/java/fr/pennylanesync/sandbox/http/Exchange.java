package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.LoggedRequest;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One request on its way through the sandbox, and what the log will say of it. */
final class Exchange {

    private final HttpServerRequest request;
    private final Instant receivedAt;
    private RequestBody body = RequestBody.NONE;
    private OptionalLong tokenCompany = OptionalLong.empty();
    private OptionalLong recordCompany = OptionalLong.empty();
    private Optional<Duration> fileUrlAge = Optional.empty();

    Exchange(HttpServerRequest request, Instant receivedAt) {
        this.request = request;
        this.receivedAt = receivedAt;
    }

    HttpServerRequest request() {
        return request;
    }

    String path() {
        return request.path();
    }

    String authorization() {
        return request.getHeader("authorization");
    }

    RequestBody body() {
        return body;
    }

    void brings(RequestBody received) {
        body = received;
    }

    void madeBy(long companyId) {
        tokenCompany = OptionalLong.of(companyId);
    }

    /** The company of the token, 0 without a good token. */
    long companyId() {
        return tokenCompany.orElse(0);
    }

    void asksFor(OptionalLong companyId) {
        recordCompany = companyId;
    }

    /** The company whose record or file is asked for, 0 where there is none. */
    long recordCompanyId() {
        return recordCompany.orElse(0);
    }

    void usesFileUrlOf(Duration age) {
        fileUrlAge = Optional.of(age);
    }

    /** @param status 0 when the connection was closed without an answer */
    LoggedRequest logged(int status) {
        return new LoggedRequest(receivedAt, tokenCompany, request.method().name(), request.path(),
                Optional.ofNullable(request.query()).orElse(""), status, recordCompany, fileUrlAge,
                authorization() != null, Optional.ofNullable(request.getHeader("user-agent")).orElse(""));
    }
}

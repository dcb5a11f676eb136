package fr.pennylanesync.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request that the sandbox received.
 *
 * @param tokenCompanyId the company that the token opens; empty without a good token
 * @param query as sent, undecoded; empty for none
 * @param status 0 when the connection was closed without an answer
 * @param recordCompanyId the company whose record or file was asked for; empty where the path names none
 * @param fileUrlAge for files, how old the URL was when used
 * @param agent the User-Agent that was sent; empty for none
 * @param authorizationSent whether an Authorization header came with it; it must not, with a file URL
 */
public record LoggedRequest(Instant at, OptionalLong tokenCompanyId, String method, String path, String query,
        int status, OptionalLong recordCompanyId, Optional<Duration> fileUrlAge, boolean authorizationSent,
        String agent) {

    public boolean isFile() {
        return fileUrlAge.isPresent();
    }
}

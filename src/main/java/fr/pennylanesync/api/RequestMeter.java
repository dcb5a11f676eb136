package fr.pennylanesync.api;

import fr.pennylanesync.failure.ErrorCode;
import java.time.Instant;

/** Counts requests. Each one that was sent is told exactly once, by one of the two methods. */
public interface RequestMeter {

    RequestMeter NONE = new RequestMeter() {
        @Override
        public void answered(long companyId, int status) {}

        @Override
        public void failed(long companyId, ErrorCode code) {}
    };

    void answered(long companyId, int status);

    void failed(long companyId, ErrorCode code);

    /** Is told what the server's clock said when an answer left it. */
    default void dated(Instant date) {}
}

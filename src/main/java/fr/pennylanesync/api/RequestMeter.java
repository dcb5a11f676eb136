package fr.pennylanesync.api;

/** Counts requests. Each one that was sent is told exactly once, by one of the two methods. */
public interface RequestMeter {

    RequestMeter NONE = new RequestMeter() {
        @Override
        public void answered(long companyId, int status) {}

        @Override
        public void failed(long companyId, ApiFailureCode code) {}
    };

    void answered(long companyId, int status);

    void failed(long companyId, ApiFailureCode code);
}

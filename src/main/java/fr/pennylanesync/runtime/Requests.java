package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiClock;
import fr.pennylanesync.api.ApiFailureCode;
import fr.pennylanesync.api.RequestMeter;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests of this runtime and keeps the API's clock. */
final class Requests implements RequestMeter {

    private final ApiClock clock;
    private final LongAdder total = new LongAdder();

    Requests(ApiClock clock) {
        this.clock = clock;
    }

    @Override
    public void answered(long companyId, int status) {
        total.increment();
    }

    @Override
    public void failed(long companyId, ApiFailureCode code) {
        total.increment();
    }

    @Override
    public void dated(Instant date) {
        clock.set(date);
    }

    long total() {
        return total.sum();
    }
}

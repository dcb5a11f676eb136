package fr.pennylanesync.doctor;

import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.failure.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Holds our clock against the {@code Date} of Pennylane's answers, which tell whole seconds. */
final class ClockMeter implements RequestMeter {

    private static final String AREA = "clock";
    private static final Duration TOLERATED = Duration.ofSeconds(5);
    /** Amazon refuses signatures that are 15 minutes off. */
    private static final Duration HARMFUL = Duration.ofMinutes(5);

    private volatile Duration ahead;

    @Override
    public void answered(long companyId, int status) {}

    @Override
    public void failed(long companyId, ErrorCode code) {}

    @Override
    public void dated(Instant date) {
        ahead = Duration.between(date, Instant.now());
    }

    List<Finding> run() {
        if (ahead == null) {
            return List.of(
                    Finding.warning(AREA, "not compared: Pennylane gave no answer", "see the findings about tokens"));
        }
        String difference = "this machine's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " Pennylane's";
        String remedy = "let a time service (NTP) set this machine's clock";
        if (ahead.abs().compareTo(HARMFUL) > 0) {
            return List.of(Finding.fault(AREA, difference, remedy));
        }
        return List.of(ahead.abs().compareTo(TOLERATED) > 0 ? Finding.warning(AREA, difference, remedy)
                : Finding.good(AREA, difference));
    }
}

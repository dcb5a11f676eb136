package fr.pennylanesync.console;

import fr.pennylanesync.failure.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks whether something that we depend on answers now. A question that hangs counts as no answer once the last good
 * one is too old.
 */
final class HealthProbe {

    static final String NOT_ASKED_YET = "NOT_ASKED_YET";
    static final Duration GOOD_FOR = Duration.ofSeconds(15);

    /** Says why it is down, since when, and what to do. */
    record ProbeFailure(String code, Instant since, String remedy) {}

    private final String name;
    private final String remedy;
    private final Runnable question;
    private volatile long goodNanos;
    private volatile Instant goodAt = Instant.now();
    private volatile Optional<ProbeFailure> failure;

    /**
     * @param remedy where the answer has none of its own
     * @param question throws where there is no good answer
     */
    HealthProbe(String name, String remedy, Runnable question) {
        this.name = name;
        this.remedy = remedy;
        this.question = question;
        this.failure = Optional.of(new ProbeFailure(NOT_ASKED_YET, goodAt, remedy));
    }

    void ask() {
        try {
            question.run();
            goodNanos = System.nanoTime();
            goodAt = Instant.now();
            failure = Optional.empty();
        } catch (SyncException away) {
            fail(away.code().name(), away.remedy());
        } catch (RuntimeException away) {
            fail("UNREACHABLE", remedy);
        }
    }

    private void fail(String code, String whatToDo) {
        Instant since = failure.map(ProbeFailure::since).orElseGet(Instant::now);
        failure = Optional.of(new ProbeFailure(code, since, whatToDo));
    }

    String name() {
        return name;
    }

    /** Returns why it is down; empty if it is up. */
    Optional<ProbeFailure> failure() {
        Optional<ProbeFailure> last = failure;
        if (last.isEmpty() && System.nanoTime() - goodNanos > GOOD_FOR.toNanos()) {
            return Optional.of(new ProbeFailure("NO_ANSWER", goodAt, remedy));
        }
        return last;
    }
}

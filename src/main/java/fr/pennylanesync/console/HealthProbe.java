package fr.pennylanesync.console;

import fr.pennylanesync.failure.SyncException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks whether something that we depend on answers now. A question that hangs counts as no answer once the last good
 * one is too old.
 */
final class HealthProbe {

    static final Duration GOOD_FOR = Duration.ofSeconds(15);

    private final String name;
    private final String remedy;
    private final Runnable question;
    private volatile long goodNanos;
    private volatile Optional<String> failure = Optional.of("NOT_ASKED_YET");

    /** @param question throws where there is no good answer */
    HealthProbe(String name, String remedy, Runnable question) {
        this.name = name;
        this.remedy = remedy;
        this.question = question;
    }

    void ask() {
        try {
            question.run();
            goodNanos = System.nanoTime();
            failure = Optional.empty();
        } catch (SyncException away) {
            failure = Optional.of(away.code().name());
        } catch (RuntimeException away) {
            failure = Optional.of("UNREACHABLE");
        }
    }

    String name() {
        return name;
    }

    String remedy() {
        return remedy;
    }

    /** Returns why it is down; empty if it is up. */
    Optional<String> failure() {
        if (failure.isEmpty() && System.nanoTime() - goodNanos > GOOD_FOR.toNanos()) {
            return Optional.of("NO_ANSWER");
        }
        return failure;
    }
}

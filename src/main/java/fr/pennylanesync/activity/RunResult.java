package fr.pennylanesync.activity;

import java.util.Optional;

/**
 * Says how a run ended.
 *
 * @param code of what it failed by
 * @param compared rows that an audit or a verification looked at
 * @param differences that it found
 */
public record RunResult(RunOutcome outcome, Optional<String> code, long compared, long differences) {

    /** Names the ways in which a run ends. */
    public enum RunOutcome {
        COMPLETE,
        /** Some streams stopped. */
        INCOMPLETE,
        DIFFERENT,
        FAILED
    }

    /** Returns the result of a comparison that came to its end. */
    public static RunResult compared(long rows, long differences) {
        return new RunResult(differences == 0 ? RunOutcome.COMPLETE : RunOutcome.DIFFERENT, Optional.empty(), rows,
                differences);
    }

    public static RunResult failed(String code) {
        return new RunResult(RunOutcome.FAILED, Optional.of(code), 0, 0);
    }
}

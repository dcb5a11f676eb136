package fr.pennylanesync.failure;

import static java.util.Objects.requireNonNull;

/**
 * A description holds everything that a code says beyond its name, so that an enum of codes needs one field only.
 *
 * @param retryable whether the very same work may succeed later without anybody's help
 * @param meaning what happened, in one clause
 * @param remedy what a person can do about it, in one clause
 */
public record ErrorDescription(boolean retryable, Fault fault, Scope scope, String meaning, String remedy) {

    public ErrorDescription {
        requireNonNull(fault, "fault");
        requireNonNull(scope, "scope");
        requireClause(meaning);
        requireClause(remedy);
    }

    /** Describes a failure that may pass by itself. */
    public static ErrorDescription passing(Fault fault, Scope scope, String meaning, String remedy) {
        return new ErrorDescription(true, fault, scope, meaning, remedy);
    }

    /** Describes a failure that stays until somebody acts. */
    public static ErrorDescription lasting(Fault fault, Scope scope, String meaning, String remedy) {
        return new ErrorDescription(false, fault, scope, meaning, remedy);
    }

    private static void requireClause(String text) {
        if (text.isBlank() || text.endsWith(".")) {
            throw new IllegalArgumentException("a clause has words and no full stop: " + text);
        }
    }
}

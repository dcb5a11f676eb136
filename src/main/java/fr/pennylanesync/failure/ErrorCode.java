package fr.pennylanesync.failure;

/**
 * An error code names one way to fail and says what follows from it. Codes are stable: logs, {@code status}, the
 * quarantine and dashboards hold them. Every package has its own enum of them, and a name stands in one enum only.
 */
public interface ErrorCode {

    /** The name is the enum constant's, so an enum implements it by being one. */
    String name();

    /** The part of the program that fails, such as {@code api}: a policy tells by it how patient it has to be. */
    String source();

    ErrorDescription description();

    /** A retryable failure may pass by itself: the same work may be tried again, and the caller bounds how often. */
    default boolean retryable() {
        return description().retryable();
    }

    /** The meaning says in one clause what happened. */
    default String meaning() {
        return description().meaning();
    }

    /** The remedy says in one clause what a person can do about it. */
    default String remedy() {
        return description().remedy();
    }

    /** Meaning and remedy together, for a place that shows the name beside them. */
    default String explanation() {
        return meaning() + ": " + remedy();
    }

    default Fault fault() {
        return description().fault();
    }

    default Scope scope() {
        return description().scope();
    }
}

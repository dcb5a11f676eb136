package fr.pennylanesync.api.budget;

/** A clock that only moves forward, from about zero at the start of the process. Tests bring their own. */
@FunctionalInterface
public interface NanoClock {

    /** System.nanoTime may start anywhere, even below zero; counted from the start it never overflows. */
    NanoClock SYSTEM = sinceNow();

    long nanos();

    private static NanoClock sinceNow() {
        long start = System.nanoTime();
        return () -> System.nanoTime() - start;
    }
}

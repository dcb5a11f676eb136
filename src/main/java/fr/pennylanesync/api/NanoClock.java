package fr.pennylanesync.api;

/** A clock that only moves forward; its zero means nothing. Tests bring their own. */
@FunctionalInterface
public interface NanoClock {

    NanoClock SYSTEM = System::nanoTime;

    long nanos();
}

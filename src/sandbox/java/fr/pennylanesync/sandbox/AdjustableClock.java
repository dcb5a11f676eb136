package fr.pennylanesync.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves: it runs ahead of real time by a given amount, or stands still. */
public final class AdjustableClock implements InstantSource {

    private final AtomicReference<InstantSource> source;

    private AdjustableClock(InstantSource source) {
        this.source = new AtomicReference<>(source);
    }

    /** A clock that runs with real time, starting at the given instant. */
    public static AdjustableClock runningFrom(Instant start) {
        return new AdjustableClock(ahead(InstantSource.system(), Duration.between(Instant.now(), start)));
    }

    /** A clock that moves only when told to. */
    public static AdjustableClock stoppedAt(Instant start) {
        return new AdjustableClock(InstantSource.fixed(start));
    }

    /** Moves the clock; a negative duration moves it back. */
    public void advance(Duration duration) {
        source.updateAndGet(current -> ahead(current, duration));
    }

    @Override
    public Instant instant() {
        return source.get().instant();
    }

    private static InstantSource ahead(InstantSource current, Duration duration) {
        return () -> current.instant().plus(duration);
    }
}

package fr.pennylanesync.verification;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a verification has looked at so far; any thread may ask. */
public final class VerificationProgress {

    private final AtomicLong streams = new AtomicLong();
    private final LongAdder ended = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder differences = new LongAdder();

    void begin(long streamsToVerify) {
        streams.set(streamsToVerify);
    }

    void row() {
        rows.increment();
    }

    void ended(long differencesFound) {
        ended.increment();
        differences.add(differencesFound);
    }

    /** Returns how many streams there are to verify, one of each company counted as one. */
    public long streams() {
        return streams.get();
    }

    /** Returns how many of these are verified. */
    public long ended() {
        return ended.sum();
    }

    /** Returns how many rows and versions were read. */
    public long rows() {
        return rows.sum();
    }

    /** Returns how many differences were found in streams that are verified. */
    public long differences() {
        return differences.sum();
    }
}

package fr.pennylanesync.reload;

import fr.pennylanesync.hash.Sha256;
import java.time.Duration;

/**
 * Decides when a directory has come to rest: its content was the same for a while, so no save is half written and no
 * swap half done. One that never rests is taken as it is after some patience; the rehearsal judges it then.
 */
final class Settling {

    private final long quietNanos;
    private final long patienceNanos;
    private Sha256 last = Sha256.ZERO;
    private long quietSince;
    private long unrestSince;
    private boolean resting = true;

    Settling(Duration quiet, Duration patience) {
        this.quietNanos = quiet.toNanos();
        this.patienceNanos = patience.toNanos();
    }

    /** @param nanos of a clock that never goes back */
    boolean isSettled(Sha256 content, long nanos) {
        if (!content.equals(last)) {
            last = content;
            quietSince = nanos;
            unrestSince = resting ? nanos : unrestSince;
            resting = false;
        }
        if (nanos - quietSince < quietNanos && nanos - unrestSince < patienceNanos) {
            return false;
        }
        resting = nanos - quietSince >= quietNanos;
        unrestSince = nanos;
        return true;
    }
}

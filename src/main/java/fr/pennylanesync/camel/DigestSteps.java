package fr.pennylanesync.camel;

import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.digest.DigestUpload;
import fr.pennylanesync.digest.Digests;
import fr.pennylanesync.digest.Digests.DigestLine;
import fr.pennylanesync.logging.ArchiveEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;

/** Does the steps of a digest document that the routes name. In which order, stands in the routes. */
public final class DigestSteps {

    private static final EventLog LOG = EventLog.of(DigestSteps.class);
    /** Counting rows takes at most this part of the time. */
    private static final int SHARE = 20;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(5);

    private final Digests digests;
    private final Outages outages;
    /** Before this moment of the monotonic clock no job makes a document. */
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    public DigestSteps(Digests digests, Outages outages) {
        this.digests = digests;
        this.outages = outages;
    }

    /** Tells whether a job should make a document now: what is away, or failed just now, is left alone for a while. */
    public boolean isDue() {
        return !outages.isAway(Part.WAREHOUSE) && !outages.isAway(Part.ARCHIVE)
                && System.nanoTime() - notBefore.get() >= 0 && digests.isDue();
    }

    /** Makes the next document, or takes one that is not stored yet. */
    public void make(Exchange exchange) {
        long begun = System.nanoTime();
        notBefore.set(begun + PAUSE_AFTER_FAILURE.toNanos());
        exchange.setVariable(Variables.DIGEST, digests.make().orElse(null));
        exchange.setVariable(Variables.DIGEST_NANOS, System.nanoTime() - begun);
    }

    /** Goes on with the document that lies under the key already; whether it is the same is asked next. */
    public void adopt(Exchange exchange) {
        exchange.setVariable(Variables.DIGEST, upload(exchange).adopt());
    }

    /** Asks the bucket what it keeps, and holds it against what was to be stored. */
    public void readBack(Exchange exchange) {
        digests.confirm(upload(exchange));
    }

    /** Writes the document into the second place. */
    public void copy(Exchange exchange) {
        digests.copy(upload(exchange));
    }

    /** Notes that the document is stored. */
    public void note(Exchange exchange) {
        DigestLine line = digests.stored(upload(exchange));
        notBefore.set(System.nanoTime() + SHARE * exchange.getVariable(Variables.DIGEST_NANOS, Long.class));
        LOG.log(new ArchiveEvent.DigestStored(line.sequence(), line.root().toString()));
    }

    /** Gets the time stamp of the newest document, where one is wanted and it has none. */
    public void stamp(Exchange exchange) {
        exchange.setVariable(Variables.DIGEST, digests.stamp().orElse(null));
    }

    /** Notes that the time stamp is stored. */
    public void noteStamp(Exchange exchange) {
        digests.stamped(upload(exchange));
    }

    /** Tells that the document stays without a time stamp for now. */
    public void notStamped(Exchange exchange) {
        Failure failure = Failure.handled(exchange);
        LOG.log(new ArchiveEvent.DigestNotStamped(failure.code(), failure.message()));
    }

    /** Records why no document was made, for a caller that goes on without. */
    public void failed(Exchange exchange) {
        Failure failure = Failure.handled(exchange);
        exchange.setVariable(Variables.DIGEST_FAILURE, failure.code());
        if (failure.errorCode() == ArchiveErrorCode.UNAVAILABLE) {
            outages.away(Part.ARCHIVE, failure.code(), failure.message());
        }
        if (!failure.isToldBy(outages)) {
            LOG.log(new ArchiveEvent.DigestNotMade(failure.code(), failure.message()));
        }
    }

    private static DigestUpload upload(Exchange exchange) {
        return exchange.getVariable(Variables.DIGEST, DigestUpload.class);
    }
}

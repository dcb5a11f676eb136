package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.ChangeEvent;
import fr.pennylanesync.landing.state.ErasedPersons;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lands a page of a changelog: what its events name becomes due, once for each event, and the feed's checkpoint moves.
 */
final class EventLanding extends BatchLanding {

    private final EventBatch batch;

    EventLanding(LandingTables tables, EventBatch batch) {
        super(tables, batch);
        this.batch = batch;
    }

    /** A feed writes no rows and has no chain: its checkpoint alone says whose turn it is. */
    @Override
    boolean locksFirst() {
        return false;
    }

    @Override
    public void writeRows() {
        // An event is no row.
    }

    @Override
    public void readBack() {
        // What was not written cannot differ.
    }

    @Override
    public String getReadHash() {
        return Sha256.ZERO.toString();
    }

    @Override
    public String getStoredHash() {
        return Sha256.ZERO.toString();
    }

    @Override
    public void noteDue() {
        Map<Long, Boolean> gone = new LinkedHashMap<>();
        Map<Long, Integer> events = new HashMap<>();
        Map<Long, Instant> changed = new LinkedHashMap<>();
        for (ChangeEvent event : tables().events().unseen(companyId(), from().stream(), batch.events())) {
            event.recordId().ifPresent(recordId -> {
                gone.put(recordId, event.saysGone());
                events.merge(recordId, 1, Integer::sum);
            });
            if (event.saysHowNew()) {
                changed.merge(event.recordId().orElseThrow(), event.updatedAt().orElseThrow(),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        tables().due().addAnnounced(companyId(), batch.stream().name(), gone, events, id());
        tables().unannounced().announced(companyId(), batch.stream().name(), gone.keySet());
        tables().staleReads().expect(companyId(), batch.stream(), changed);
    }

    @Override
    public void setAside() {
        ErasedPersons erased = batch.faulty().isEmpty() ? ErasedPersons.NONE
                : tables().erased().inForce(companyId(), List.of(batch.stream()));
        tables().quarantine().items(new Checkpoint(companyId(), batch.stream().name(), from().pass(), from().run(),
                from().position()),
                batch.faulty().stream().map(item -> erased.without(batch.stream(), item)).toList());
    }

    @Override
    public void noteFiles() {
        // Files come with the records that become due.
    }

    @Override
    public void appendLedger() {
        // The ledger lists what was written to the streams' tables.
    }

    @Override
    public LandedBatch landed() {
        return LandedBatch.ofEvents();
    }
}

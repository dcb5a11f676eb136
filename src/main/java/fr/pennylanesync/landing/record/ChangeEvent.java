package fr.pennylanesync.landing.record;

import java.time.Instant;
import java.util.Optional;

/**
 * One event of a changelog.
 *
 * @param id as the feed gives it: the record's id, or in the category feeds an allocation's
 * @param processedAt arrival in the feed, by the API's clock
 * @param occurrence counts, from 1, the events of one reading of the feed that are the same in all of the above: a
 * coarse clock gives two changes the same instant
 * @param recordId the record to read again; empty where the event names none
 * @param ofRecord whether the event's operation is the record's own, so that {@code delete} means that the record is
 * gone
 * @param updatedAt when the record changed, if the event says it; it is the record's own {@code updated_at} then
 */
public record ChangeEvent(long id, String operation, Instant processedAt, int occurrence, Optional<Long> recordId,
        boolean ofRecord, Optional<Instant> updatedAt)
        implements BatchItem {

    /** Tells whether the record must be at least as new as {@link #updatedAt} once it is read. */
    public boolean saysHowNew() {
        return ofRecord && !saysGone() && updatedAt.isPresent();
    }

    public boolean saysGone() {
        return ofRecord && "delete".equals(operation);
    }
}

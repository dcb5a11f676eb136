package fr.pennylanesync.audit;

import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.landing.state.ShareNotes.MonthNote;
import fr.pennylanesync.landing.state.ShareNotes.PartitionNote;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.RowDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream that only the share has, as the share had it when it was read last. A month that is here as it was there
 * then is not wrong, whatever the share has by now: it is stale.
 */
final class LastRead {

    private final long companyId;
    private final TableDigests warehouse;
    private final Map<String, MonthNote> months;
    private final List<PartitionNote> partitions;

    LastRead(long companyId, String stream, ShareNotes notes, TableDigests warehouse) {
        this.companyId = companyId;
        this.warehouse = warehouse;
        this.months = notes.months(companyId, stream);
        this.partitions = notes.equalPartitions(companyId, stream);
    }

    /** Returns when the share had exactly this of a month; empty if it is not known to have had it. */
    Optional<Instant> had(String month, RowDigest ours) {
        return months.isEmpty() ? hadInPartition(month, ours) : hadAtSweep(month, ours);
    }

    /** A month that the share did not have at the sweep was not empty here by mistake. */
    private Optional<Instant> hadAtSweep(String month, RowDigest ours) {
        MonthNote note = months.get(month);
        if (note == null) {
            return ours.equals(RowDigest.EMPTY) ? latest(months.values().stream().map(MonthNote::lookedAt).toList())
                    : Optional.empty();
        }
        return Optional.of(note.lookedAt()).filter(at -> note.digest().equals(ours.toString()));
    }

    /** No sweep came yet: the history read the month, with others or alone. */
    private Optional<Instant> hadInPartition(String month, RowDigest ours) {
        Optional<PartitionNote> note = partitions.stream().filter(known -> partition(known).holds(month)).findFirst();
        if (note.isEmpty()) {
            return ours.equals(RowDigest.EMPTY) ? latest(partitions.stream().map(PartitionNote::readAt).toList())
                    : Optional.empty();
        }
        return note.filter(known -> warehouse.landed(companyId, partition(known)).toString().equals(known.digest()))
                .map(PartitionNote::readAt);
    }

    private static Optional<Instant> latest(Collection<Instant> reads) {
        return reads.stream().max(Comparator.naturalOrder());
    }

    private static Partition partition(PartitionNote note) {
        return note.to().map(to -> Partition.parse(note.from() + ".." + to))
                .orElseGet(() -> Partition.month(note.from()));
    }
}

package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.Quarantine;
import java.time.Instant;
import java.util.Optional;

/**
 * One case of the quarantine. It holds ids, names of columns and positions, codes and times, never anything of a
 * record's content.
 *
 * @param company the company's alias, if it is still known
 * @param parentId 0 where the stream is no child
 * @param recordId 0 where no record is meant, or the whole sub-list of the parent
 * @param subject the column, position or field; empty where none is meant
 * @param recordHash of the row that is here, as hex; empty where there is none
 */
public record QuarantineEntry(long id, long companyId, Optional<String> company, String stream, QuarantineKind kind,
        long parentId,
        long recordId, String subject, String reason, Instant firstSeenAt, Instant lastSeenAt,
        Optional<Instant> resolvedAt,
        Optional<String> recordHash) {

    private static final String OF_THE_SHARE = "it is whole in the column raw of pennylane_sync.quarantine: tell "
            + "Pennylane; what is mended there is landed by the next sweep, or by retry";

    public boolean isOpen() {
        return resolvedAt.isEmpty();
    }

    /** Returns what a person can do about the entry, in words. */
    public String remedy() {
        return subject.startsWith(Quarantine.ROW) ? OF_THE_SHARE : kind.remedy(reason);
    }

    QuarantineEntry withRecordHash(Optional<String> hash) {
        return new QuarantineEntry(id, companyId, company, stream, kind, parentId, recordId, subject, reason,
                firstSeenAt, lastSeenAt,
                resolvedAt, hash);
    }
}

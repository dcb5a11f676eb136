package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.Quarantine;
import java.time.Instant;
import java.util.Optional;

/**
 * One case of the quarantine. It holds ids, names of columns and positions, codes and times, and of a record's content
 * no more than its form.
 *
 * @param company the company's alias, if it is still known
 * @param parentId 0 where the stream is no child
 * @param recordId 0 where no record is meant, or the whole sub-list of the parent
 * @param subject the column, position or field; empty where none is meant
 * @param resolution how it came to its end; empty while it is open, and where it ended before that was noted
 * @param form of what was received, masked; empty where nothing is kept, and in a list
 * @param recordHash of the row that is here, as hex; empty where there is none
 */
public record QuarantineEntry(long id, long companyId, Optional<String> company, String stream, QuarantineKind kind,
        long parentId,
        long recordId, String subject, String reason, Instant firstSeenAt, Instant lastSeenAt,
        Optional<Instant> resolvedAt, Optional<String> resolution, Optional<String> form,
        Optional<String> recordHash) {

    private static final String OF_THE_SHARE = "it is whole in the column raw of pennylane_sync.quarantine: tell "
            + "Pennylane; what is mended there is landed by the next sweep, or by retry";

    public boolean isOpen() {
        return resolvedAt.isEmpty();
    }

    /**
     * Tells whether a person may close it although nothing landed: what is missing is one record, or one file, and it
     * stays known. A batch or a sweep holds back more than that.
     */
    public boolean isAcceptable() {
        return kind == QuarantineKind.COLUMN || kind == QuarantineKind.RECORD || kind == QuarantineKind.FILE;
    }

    /** Returns what a person can do about the entry, in words. */
    public String remedy() {
        return subject.startsWith(Quarantine.ROW) ? OF_THE_SHARE : kind.remedy(reason);
    }

    QuarantineEntry with(Optional<String> formOfRaw, Optional<String> hash) {
        return new QuarantineEntry(id, companyId, company, stream, kind, parentId, recordId, subject, reason,
                firstSeenAt, lastSeenAt, resolvedAt, resolution, formOfRaw, hash);
    }
}

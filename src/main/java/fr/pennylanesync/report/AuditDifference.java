package fr.pennylanesync.report;

import fr.pennylanesync.report.Warning.Concern;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds what the newest audit of a kind found otherwise in a stream. An audit that came to no result leaves the one
 * before it in force; a company that is paused, a stream that is switched off and a data sharing that is gone are
 * audited no more, and what was found in them is nobody's trouble.
 *
 * @param parts that differ
 */
record AuditDifference(long companyId, String alias, String kind, String stream, long parts, Instant since) {

    /** Names the kinds whose differences are warnings of their own: the books' and the reread's are told elsewhere. */
    static final Set<String> TOLD_ALONE = Set.of("share", "trial-balance", "fec");

    /** Finds the audits that came to a result; {@code k} is the kind. */
    static final String NEWEST = """
            select distinct on (stream) stream, kind, audited_at from pennylane_sync.audit
            where company_id = c.id and kind = k.kind and outcome not in ('SKIPPED', 'FAILED')
            order by stream, audited_at desc""";

    /** @param hasShare whether there still is a data sharing to compare with */
    static List<AuditDifference> read(JdbcClient jdbc, StreamCatalog catalog, boolean hasShare) {
        // What contradicts the books is kept record by record: an audit of them notes only what changed.
        return jdbc.sql(String.format(Locale.ROOT, """
                select c.id, c.alias, a.kind, a.stream, count(*), min(a.audited_at)
                from pennylane_sync.company c
                cross join (values ('share'), ('trial-balance'), ('fec'), ('reread')) k(kind)
                join lateral (%s) newest on true
                join pennylane_sync.audit a on a.company_id = c.id and a.kind = newest.kind
                    and a.stream = newest.stream and a.audited_at = newest.audited_at
                where a.outcome = 'DIFFERENT' and c.state <> 'PAUSED' and a.stream = any(:streams)
                    and (:share or a.kind <> 'share')
                group by c.id, c.alias, a.kind, a.stream
                union all
                select c.id, c.alias, 'books', f.stream, count(distinct f.rule), min(f.found_at)
                from pennylane_sync.company c join pennylane_sync.books_finding f on f.company_id = c.id
                where f.told_at is not null and c.state <> 'PAUSED' and f.stream = any(:streams)
                group by c.id, c.alias, f.stream
                order by 2, 3, 4""", NEWEST))
                .param("streams", catalog.switchedOn().toArray(String[]::new)).param("share", hasShare)
                .query((row, n) -> new AuditDifference(row.getLong(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getLong(5), row.getTimestamp(6).toInstant()))
                .list();
    }

    Warning warning() {
        return Warning.of(WarningCode.AUDIT_DIFFERS,
                "company " + companyId + " (" + alias + ") " + kind + " " + stream + ", parts: " + parts,
                Optional.of(since),
                Concern.of(companyId, kind + ", parts: " + parts).stream(stream).part(kind));
    }
}

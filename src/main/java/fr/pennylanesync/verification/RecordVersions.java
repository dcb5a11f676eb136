package fr.pennylanesync.verification;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Locale;

/**
 * The SQL of all versions of a stream's records: those in force, which its table holds, those that were replaced, and
 * what is left of those that were thinned.
 */
final class RecordVersions {

    private RecordVersions() {}

    /**
     * Returns the table expression {@code version}: {@code since} is the batch that brought it, {@code until} the batch
     * that replaced it. A version that was thinned has no source.
     */
    static String of(StreamDefinition stream) {
        return String.format(Locale.ROOT, """
                version as (
                    select %s as parent, id, batch_id as since, null::bigint as until, record_hash, source, changed_at,
                        deleted_at, first_seen_at, null::timestamptz as replaced_at
                    from %s where company_id = :company
                    union all
                    select parent_id, id, batch_id, replaced_by_batch_id, record_hash, source, changed_at, deleted_at,
                        null, replaced_at
                    from pennylane_sync.record_version where company_id = :company and stream = :stream
                    union all
                    select parent_id, id, batch_id, replaced_by_batch_id, record_hash, null, null, deleted_at, null,
                        null
                    from pennylane_sync.thinned_version where company_id = :company and stream = :stream)""",
                stream.parentColumn().map(StreamTables::quoted).orElse("0::bigint"),
                StreamTables.table(stream));
    }

    /** Puts company and stream in their places; the names of streams are checked, and hold no quote. */
    static String bound(String sql, long company, StreamDefinition stream) {
        return sql.replace(":company", Long.toString(company)).replace(":stream", "'" + stream.name() + "'");
    }
}

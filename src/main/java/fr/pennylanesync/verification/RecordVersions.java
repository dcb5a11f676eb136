package fr.pennylanesync.verification;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;

/**
 * The SQL of versions of a stream's records: those in force, which its table holds, those that were replaced, and what
 * is left of those that were thinned. {@code since} is the batch that brought a version, {@code until} the batch that
 * replaced it.
 */
final class RecordVersions {

    private RecordVersions() {}

    /** Returns the table expression {@code version} with the hashes of all of them. */
    static String hashes(StreamDefinition stream) {
        return """
                version as not materialized (
                    select %s as parent, id, batch_id as since, null::bigint as until, record_hash, deleted_at
                    from :table where company_id = :company
                    union all
                    select parent_id, id, batch_id, replaced_by_batch_id, record_hash, deleted_at
                    from pennylane_sync.record_version where company_id = :company and stream = :stream
                    union all
                    select parent_id, id, batch_id, replaced_by_batch_id, record_hash, deleted_at
                    from pennylane_sync.thinned_version where company_id = :company and stream = :stream)"""
                .replace("%s", parent(stream));
    }

    /**
     * Returns the table expression {@code version} with the facts of those of the records in {@code record}; one that
     * was thinned has no source.
     */
    static String facts(StreamDefinition stream) {
        return """
                version as (
                    select r.parent, r.id, t.batch_id as since, null::bigint as until, t.source, t.changed_at,
                        t.deleted_at, t.first_seen_at, null::timestamptz as replaced_at
                    from record r join :table t on t.company_id = :company and t.id = r.id%s
                    union all
                    select r.parent, r.id, v.batch_id, v.replaced_by_batch_id, v.source, v.changed_at, v.deleted_at,
                        null, v.replaced_at
                    from record r join pennylane_sync.record_version v on v.company_id = :company
                        and v.stream = :stream and v.parent_id = r.parent and v.id = r.id
                    union all
                    select r.parent, r.id, v.batch_id, v.replaced_by_batch_id, null, null, v.deleted_at, null, null
                    from record r join pennylane_sync.thinned_version v on v.company_id = :company
                        and v.stream = :stream and v.parent_id = r.parent and v.id = r.id)"""
                .replace("%s", stream.isChild() ? " and t." + parent(stream) + " = r.parent" : "");
    }

    static String parent(StreamDefinition stream) {
        return stream.parentColumn().map(StreamTables::quoted).orElse("0::bigint");
    }
}

package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.unannounced}: changes that were read before an event of the changelog told of them.
 * Most are announced a little later; what is not was missed by the changelog.
 */
public final class UnannouncedChanges {

    private static final String SWEEP = "sweep";
    /** A record that was asked for because an audit, or a person, wanted it. */
    private static final String AUDIT = "audit";
    private static final long NO_BATCH = 0;

    private final JdbcClient jdbc;

    public UnannouncedChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes rows that a complete list brought new, changed, or gone.
     *
     * @param batchId the batch that wrote them
     */
    public void ofList(long companyId, StreamDefinition stream, Collection<Long> rows, long batchId) {
        note(companyId, stream, rows.stream().toList(), rows.stream().map(row -> SWEEP).toList(), batchId);
    }

    /**
     * Notes rows that were due, and turned out new, changed or gone, where no event was the reason.
     *
     * @param reasons the batch that made each of them due; 0 where none did
     */
    public void ofDue(long companyId, StreamDefinition stream, Collection<Long> rows, Map<Long, Long> reasons,
            long batchId) {
        List<Long> swept = jdbc.sql("select id from pennylane_sync.batch where id = any(?::bigint[])"
                + " and pass in ('sweep', 'walk')").param(reasons.values().toArray(Long[]::new)).query(Long.class)
                .list();
        List<Long> ids = rows.stream().filter(id -> reasons.containsKey(id)
                && (reasons.get(id) == NO_BATCH || swept.contains(reasons.get(id)))).toList();
        note(companyId, stream, ids, ids.stream().map(id -> reasons.get(id) == NO_BATCH ? AUDIT : SWEEP).toList(),
                batchId);
    }

    /**
     * A history is no change. Nor is a row that was written again for its columns, that a person brought back, or that
     * is older than its event; what is reread has a comparison of its own. Where only the copy of another record
     * changed, Pennylane tells nobody, and {@link StaleCopies} follows it; where an event made the record due, it came
     * before.
     */
    private void note(long companyId, StreamDefinition stream, List<Long> ids, List<String> foundBy, long batchId) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.unannounced (company_id, stream, record_id, found_by)
                select s.company_id, s.stream, u.id, u.by
                from pennylane_sync.stream_state s
                cross join unnest(:ids::bigint[], :by::text[]) u(id, by)
                cross join lateral (
                    select * from %s where company_id = s.company_id and id = u.id limit 1) t
                left join pennylane_sync.record_version v on v.company_id = s.company_id and v.stream = s.stream
                    and v.parent_id = 0 and v.id = u.id and v.replaced_by_batch_id = :batch
                where s.company_id = :company and s.stream = :stream and s.state = 'LIVE'
                and (v.id is null or v.source = 'api' and (v.deleted_at is not null or t.deleted_at is not null
                    or %s <> %s))
                and not exists (select 1 from pennylane_sync.stale_read r where r.company_id = s.company_id
                    and r.stream = s.stream and r.id = u.id)
                and not exists (select 1 from pennylane_sync.reread r where r.company_id = s.company_id
                    and r.stream = s.stream and r.id = u.id)
                and not exists (select 1 from pennylane_sync.quarantine q where q.company_id = s.company_id
                    and q.stream = s.stream and q.record_id = u.id)
                and not exists (select 1 from pennylane_sync.due d where d.company_id = s.company_id
                    and d.stream = s.stream and d.id = u.id and d.batch_id <> :none and not exists (
                        select 1 from pennylane_sync.batch b where b.id = d.batch_id and b.pass in ('sweep', 'walk')))
                on conflict do nothing""", StreamTables.table(stream), own(stream, "v"), own(stream, "t")))
                .param("company", companyId).param("stream", stream.name()).param("batch", batchId)
                .param("none", NO_BATCH).param("ids", ids.toArray(Long[]::new))
                .param("by", foundBy.toArray(String[]::new)).update();
    }

    /** An expression of what a record says of itself: of the records that it holds copies of, only which they are. */
    private static String own(StreamDefinition stream, String row) {
        String copies = stream.embeds().values().stream().map(path -> "'" + path.get(0) + "'").sorted().distinct()
                .collect(Collectors.joining(", "));
        String ids = stream.embeds().values().stream().map(path -> "jsonb_path_query_array(" + row + ".payload, '$."
                + String.join(".", path) + "')").sorted().collect(Collectors.joining(", "));
        return stream.embeds().isEmpty() ? row + ".record_hash"
                : "jsonb_build_array(" + row + ".payload - array[" + copies + "], " + ids + ")";
    }

    /** An event has come for these records, which stands for their sub-lists too. */
    public void announced(long companyId, String stream, Collection<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("delete from pennylane_sync.unannounced where company_id = ? "
                    + " and (stream = ? or starts_with(stream, ?)) and record_id = any(?::bigint[])")
                    .params(companyId, stream, stream + "_", ids.toArray(Long[]::new)).update();
        }
    }
}

package fr.pennylanesync.landing.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers the data sharing between two looks at it: companies, columns, how ids compare, partitions. */
public final class ShareNotes {

    /** Tells whether share and API mean the same record by an id. */
    public enum IdMatch { SAME, APART }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient jdbc;

    public ShareNotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes the companies that the login sees now.
     *
     * @return those that it saw until now and does not see any more
     */
    public List<Long> companies(Set<Long> visible) {
        Long[] ids = visible.toArray(Long[]::new);
        jdbc.sql("""
                insert into pennylane_sync.share_company (company_id) select unnest(?::bigint[])
                on conflict (company_id) do update set last_seen_at = now(), lost_at = null""").param(ids).update();
        return jdbc.sql("""
                update pennylane_sync.share_company set lost_at = now() where lost_at is null
                and company_id <> all(?::bigint[])
                returning company_id""").param(ids).query(Long.class).list();
    }

    /** Tells whether the login saw the company once and does not any more. */
    public boolean isLost(long companyId) {
        return jdbc.sql("select 1 from pennylane_sync.share_company where company_id = ? and lost_at is not null")
                .param(companyId)
                .query(Integer.class).optional().isPresent();
    }

    /**
     * Notes a table's columns.
     *
     * @return those that it did not have at the last look; none at the first
     */
    public List<String> columns(String table, Map<String, String> columns) {
        Optional<Map<String, String>> before =
                jdbc.sql("select columns::text from pennylane_sync.share_table where table_name = ?").param(table)
                        .query(String.class).optional().map(ShareNotes::parse);
        if (before.filter(columns::equals).isPresent()) {
            return List.of();
        }
        jdbc.sql("""
                insert into pennylane_sync.share_table (table_name, columns) values (?, ?::jsonb)
                on conflict (table_name) do update set columns = excluded.columns, changed_at = now()""")
                .params(table, text(columns)).update();
        return before.map(known -> columns.keySet().stream().filter(name -> !known.containsKey(name)).sorted().toList())
                .orElse(List.of());
    }

    public Optional<IdMatch> verdict(long companyId, String stream) {
        return jdbc.sql("select verdict from pennylane_sync.share_match where company_id = ? and stream = ?")
                .params(companyId, stream)
                .query((row, n) -> IdMatch.valueOf(row.getString(1))).optional();
    }

    public void verdict(long companyId, String stream, IdMatch verdict, int sampled, int found, int agreeing) {
        jdbc.sql("""
                insert into pennylane_sync.share_match (company_id, stream, verdict, sampled, found, agreeing)
                values (?, ?, ?, ?, ?, ?)
                on conflict (company_id, stream) do update set verdict = excluded.verdict, sampled = excluded.sampled,
                    found = excluded.found, agreeing = excluded.agreeing, compared_at = now()""")
                .params(companyId, stream, verdict.name(), sampled, found, agreeing).update();
    }

    /** @param to empty where the partition has no end */
    public void partition(long companyId, String stream, String from, Optional<String> to, long rows, String digest,
            boolean equal) {
        jdbc.sql("""
                insert into pennylane_sync.share_partition (company_id, stream, from_month, to_month, row_count,
                    digest, state)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (company_id, stream, from_month) do update set to_month = excluded.to_month,
                    row_count = excluded.row_count,
                    digest = excluded.digest, state = excluded.state, read_at = now()""")
                .params(companyId, stream, from, to.orElse(null), rows, digest, equal ? "EQUAL" : "DIFFERENT").update();
    }

    /**
     * A month as the share had it when a sweep last compared it.
     *
     * @param digest as text, over the fields that the stream's own columns hold too
     */
    public record MonthNote(String digest, Instant lookedAt) {}

    /** Notes what the share has of each month now: nothing of months that it does not have. */
    public void months(long companyId, String stream, Map<String, String> digests) {
        jdbc.sql(
                "delete from pennylane_sync.share_month where company_id = ? and stream = ?"
                        + " and month <> all(?::text[])")
                .params(companyId, stream, digests.keySet().toArray(String[]::new)).update();
        List<Map.Entry<String, String>> all = List.copyOf(digests.entrySet());
        jdbc.sql("""
                insert into pennylane_sync.share_month (company_id, stream, month, digest)
                select ?, ?, u.month, u.digest from unnest(?::text[], ?::text[]) u(month, digest)
                on conflict (company_id, stream, month) do update set digest = excluded.digest, looked_at = now()""")
                .params(companyId, stream, all.stream().map(Map.Entry::getKey).toArray(String[]::new),
                        all.stream().map(Map.Entry::getValue).toArray(String[]::new))
                .update();
    }

    /** Returns what the share had of each month at the last sweep. */
    public Map<String, MonthNote> months(long companyId, String stream) {
        Map<String, MonthNote> months = new TreeMap<>();
        jdbc.sql("select month, digest, looked_at from pennylane_sync.share_month where company_id = ? and stream = ?")
                .params(companyId, stream)
                .query(row -> {
                    months.put(row.getString(1),
                            new MonthNote(row.getString(2), row.getTimestamp(3).toInstant()));
                });
        return months;
    }

    /**
     * A partition as it was read last.
     *
     * @param to empty where it has no end
     * @param digest over every field
     */
    public record PartitionNote(String from, Optional<String> to, String digest, Instant readAt) {}

    /** Returns the partitions of a stream that were proven equal. */
    public List<PartitionNote> equalPartitions(long companyId, String stream) {
        return jdbc.sql("""
                select from_month, to_month, digest, read_at from pennylane_sync.share_partition
                where company_id = ? and stream = ? and state = 'EQUAL'""").params(companyId, stream)
                .query((row, n) -> new PartitionNote(row.getString(1), Optional.ofNullable(row.getString(2)),
                        row.getString(3), row.getTimestamp(4).toInstant()))
                .list();
    }

    /** Returns the rows that somebody knows the share to leave out. */
    public Set<Long> leftOut(long companyId, String stream) {
        return Set.copyOf(jdbc.sql("select record_id from pennylane_sync.share_left_out where company_id = ?"
                + " and stream = ?").params(companyId, stream).query(Long.class).list());
    }

    /** Acknowledges that the share leaves these rows out. */
    public void leaveOut(long companyId, String stream, Collection<Long> ids) {
        jdbc.sql("""
                insert into pennylane_sync.share_left_out (company_id, stream, record_id)
                select ?, ?, unnest(?::bigint[]) on conflict do nothing""")
                .params(companyId, stream, ids.toArray(Long[]::new)).update();
    }

    /**
     * Notes that the share gives no answer.
     *
     * @return since when it has given none
     */
    public Instant away() {
        return jdbc.sql("""
                insert into pennylane_sync.share_outage (only_one) values (true)
                on conflict (only_one) do update set began_at = share_outage.began_at returning began_at""")
                .query((row, n) -> row.getTimestamp(1).toInstant()).single();
    }

    /** Notes that the share answers. */
    public void back() {
        jdbc.sql("delete from pennylane_sync.share_outage").update();
    }

    private static String text(Map<String, String> columns) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(columns));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts can always be written", e);
        }
    }

    private static Map<String, String> parse(String text) {
        try {
            return JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("share_table.columns is not what we write there", e);
        }
    }
}

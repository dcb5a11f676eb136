package fr.pennylanesync.audit;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tries rules against the landed tables, and keeps what they found in {@code pennylane_sync.books_finding}. */
public final class BooksFindings {

    /** Of more findings than that one fault is the reason, and the first are enough to find it. */
    static final int FOUND_MAX = 1_000;

    /**
     * A record that contradicts a rule.
     *
     * @param again the ids to be read again, in the order of the rule's streams
     */
    public record Finding(long id, List<List<Long>> again) {}

    private final JdbcClient jdbc;

    BooksFindings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest batch of the company; 0 if there is none. */
    long newestBatch(long companyId) {
        return jdbc.sql("""
                select coalesce(max(b.id), 0) from pennylane_sync.stream_state s cross join lateral (
                    select id from pennylane_sync.batch where company_id = s.company_id and stream = s.stream
                    order by chain_position desc limit 1) b where s.company_id = ?""").param(companyId)
                .query(Long.class).single();
    }

    /**
     * The last time that rules were tried.
     *
     * @param batchId the company's newest batch then
     * @param rules those that need be tried only for what was landed since; none once a day, when all are tried for all
     */
    record Check(long batchId, Set<String> rules) {}

    Optional<Check> lastCheck(long companyId) {
        return jdbc.sql("""
                select batch_id, case when whole_at > now() - interval '1 day' then rules else '{}' end
                from pennylane_sync.books_check where company_id = ?""").param(companyId)
                .query((row, n) -> new Check(row.getLong(1), Set.of((String[]) row.getArray(2).getArray())))
                .optional();
    }

    LandedSince landedSince(long companyId, Check check) {
        return LandedSince.read(jdbc, companyId, check.batchId());
    }

    /** @param whole whether each of the rules was tried for all records */
    void checked(long companyId, long batchId, Collection<BooksRule> rules, boolean whole) {
        jdbc.sql("""
                insert into pennylane_sync.books_check as b (company_id, batch_id, checked_at, rules, whole_at)
                values (:company, :batch, now(), :rules::text[], now())
                on conflict (company_id) do update set batch_id = excluded.batch_id, checked_at = now(),
                    rules = excluded.rules, whole_at = case when :whole then now() else b.whole_at end""")
                .param("company", companyId).param("batch", batchId)
                .param("rules", rules.stream().map(BooksRule::key).toArray(String[]::new))
                .param("whole", whole).update();
    }

    /** The streams that are complete: whatever their records refer to has been read. */
    Set<String> complete(long companyId) {
        return new HashSet<>(jdbc.sql("""
                select stream from pennylane_sync.stream_state where company_id = ? and state = 'LIVE'
                and error_code is null and not_permitted_scope is null""").param(companyId).query(String.class).list());
    }

    /**
     * Finds what contradicts the rule, but for records that wait to be read anyway, or are set aside.
     *
     * @param only the records that it is tried for; empty: all
     */
    List<Finding> find(long companyId, BooksRule rule, Optional<Set<Long>> only) {
        List<String> columns = new ArrayList<>(List.of("f.id"));
        List<String> waiting = new ArrayList<>(List.of("d.stream = :stream and d.id = f.id"));
        List<String> aside = new ArrayList<>();
        for (int i = 0; i < rule.again().size(); i++) {
            columns.add("f.again" + i);
            waiting.add("d.stream = :stream" + i + " and d.id = any(f.again" + i + ")");
            aside.add("q.stream = :stream" + i + " and (q.record_id = any(f.again" + i
                    + ") or q.parent_id = any(f.again" + i + "))");
        }
        JdbcClient.StatementSpec statement = jdbc.sql("select " + String.join(", ", columns) + " from (" + rule.sql()
                + ") f where not exists (select 1 from pennylane_sync.due d where d.company_id = :company and ("
                + String.join(" or ", waiting) + ")) and not exists (select 1 from pennylane_sync.quarantine q"
                + " where q.company_id = :company and q.kind = 'RECORD' and q.resolved_at is null and ("
                + String.join(" or ", aside) + ")) order by f.id limit " + FOUND_MAX)
                .param("company", companyId).param("stream", rule.stream()).param("whole", only.isEmpty())
                .param("only", only.orElse(Set.of()).toArray(Long[]::new));
        for (int i = 0; i < rule.again().size(); i++) {
            statement = statement.param("stream" + i, rule.again().get(i).name());
        }
        return statement.query((row, n) -> finding(row, rule.again().size())).list();
    }

    private static Finding finding(ResultSet row, int streams) throws SQLException {
        List<List<Long>> again = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            Array ids = row.getArray(i + 2);
            again.add(List.of((Long[]) ids.getArray()));
        }
        return new Finding(row.getLong(1), again);
    }

    /** Returns the records that contradicted the rule when it was tried last. */
    Set<Long> records(long companyId, BooksRule rule) {
        return new HashSet<>(
                jdbc.sql("select record_id from pennylane_sync.books_finding where company_id = ? and rule = ?")
                        .params(companyId, rule.key()).query(Long.class).list());
    }

    /**
     * The records of the rule that were asked for again, within the last day if it is binding, and are not once more.
     */
    Set<Long> asked(long companyId, BooksRule rule) {
        return new HashSet<>(jdbc.sql("""
                select record_id from pennylane_sync.books_finding where company_id = ? and rule = ?
                and (asked_at > now() - interval '1 day' or not ? and asked_at > '-infinity')""")
                .params(companyId, rule.key(), rule.binding()).query(Long.class).list());
    }

    void ask(long companyId, BooksRule rule, List<Long> records) {
        jdbc.sql("""
                insert into pennylane_sync.books_finding (company_id, rule, stream, record_id)
                select ?, ?, ?, u.id from unnest(?::bigint[]) u(id)
                on conflict (company_id, rule, record_id) do update set asked_at = now()""")
                .params(companyId, rule.key(), rule.stream(), records.toArray(Long[]::new)).update();
    }

    /**
     * Forgets what agrees again.
     *
     * @param records that still contradict the rule
     * @return how many of those that were told do no longer
     */
    int forgetOthers(long companyId, BooksRule rule, List<Long> records) {
        return jdbc.sql("""
                with gone as (delete from pennylane_sync.books_finding f where f.company_id = ? and f.rule = ?
                    and not record_id = any(?::bigint[])
                    and not exists (select 1 from pennylane_sync.due d where d.company_id = f.company_id
                        and d.stream = f.stream and d.id = f.record_id) returning told_at)
                select count(told_at) from gone""")
                .params(companyId, rule.key(), records.toArray(Long[]::new)).query(Integer.class).single();
    }

    /** Marks what was asked for and is there all the same as told. Returns what was not told before. */
    List<Long> tell(long companyId, BooksRule rule, List<Long> records) {
        return jdbc.sql("""
                update pennylane_sync.books_finding set told_at = now() where company_id = ? and rule = ?
                and record_id = any(?::bigint[]) and told_at is null returning record_id""")
                .params(companyId, rule.key(), records.toArray(Long[]::new)).query(Long.class).list().stream()
                .sorted().toList();
    }

    /** Notes what a person asks for: it is told whether or not it was read again. */
    void found(long companyId, BooksRule rule, List<Long> records) {
        jdbc.sql("""
                insert into pennylane_sync.books_finding (company_id, rule, stream, record_id, asked_at)
                select ?, ?, ?, u.id, '-infinity' from unnest(?::bigint[]) u(id)
                on conflict (company_id, rule, record_id) do nothing""")
                .params(companyId, rule.key(), rule.stream(), records.toArray(Long[]::new)).update();
    }

    /** Forgets findings of rules that there are no longer. */
    void keepOnly(long companyId, List<BooksRule> rules) {
        jdbc.sql("delete from pennylane_sync.books_finding where company_id = ? and not rule = any(?::text[])")
                .params(companyId, rules.stream().map(BooksRule::key).toArray(String[]::new)).update();
    }
}

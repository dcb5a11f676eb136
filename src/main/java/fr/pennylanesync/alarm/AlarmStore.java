package fr.pennylanesync.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.alarm}. One node at a time starts and ends alarms: it takes a turn, looks, and what
 * it saw is kept only if no other has taken the next turn meanwhile. Each of these is one statement, so that none is
 * done by half.
 */
public final class AlarmStore {

    /** Two nodes whose jobs fire at about the same time are one turn. */
    private static final String TURN = """
            update pennylane_sync.alarm_round set number = number + 1, begun_at = clock_timestamp()
            where begun_at < clock_timestamp() - interval '3 seconds' returning number""";

    private static final String SEEN = """
            unnest(:codes::text[], :companies::bigint[], :streams::text[], :parts::text[], :since::text[],
                :reasons::text[], :remedies::text[]) u(code, company_id, stream, part, since, reason, remedy)""";

    private static final String SAME = """
            a.ended_at is null and a.code = s.code and coalesce(a.company_id, 0) = coalesce(s.company_id, 0)
            and coalesce(a.stream, '') = coalesce(s.stream, '') and a.part = s.part""";

    private static final String KEEP = String.format(Locale.ROOT, """
            with turn as (select number from pennylane_sync.alarm_round where number = :round for update),
            seen as (select u.* from turn, %s),
            ended as (update pennylane_sync.alarm a set ended_at = greatest(now(), a.started_at), attempts = 0,
                    next_attempt_at = now()
                from turn where a.ended_at is null and not exists (select 1 from seen s where %s) returning %s),
            changed as (update pennylane_sync.alarm a set reason = s.reason, remedy = s.remedy from seen s
                where %s and (a.reason, a.remedy) is distinct from (s.reason, s.remedy)),
            started as (insert into pennylane_sync.alarm as a (code, company_id, stream, part, started_at, reason,
                    remedy)
                select s.code, s.company_id, s.stream, s.part, least(coalesce(s.since::timestamptz, now()), now()),
                    s.reason, s.remedy from seen s where not exists (select 1 from pennylane_sync.alarm a where %s)
                on conflict do nothing returning %s)
            select * from ended union all select * from started order by id""",
            SEEN, SAME, Alarm.COLUMNS, SAME, SAME, Alarm.COLUMNS);

    private static final String NOTE = """
            with past as (delete from pennylane_sync.alarm_sighting
                where node = :node or seen_at < now() - interval '1 hour')
            insert into pennylane_sync.alarm_sighting (node, code, company_id, stream, part, since, reason, remedy)
            select :node, code, company_id, stream, part, since::timestamptz, reason, remedy from\s""" + SEEN;

    private static final String SIGHTED = """
            select code, company_id, stream, part, min(since) as since, min(reason) as reason, min(remedy) as remedy
            from pennylane_sync.alarm_sighting where seen_at > now() - interval '2 minutes' group by 1, 2, 3, 4""";

    private final JdbcClient jdbc;

    public AlarmStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the next turn; empty where another node has just begun one. */
    Optional<Long> turn() {
        return jdbc.sql(TURN).query(Long.class).optional();
    }

    /** Notes all that a node sees for itself alone, in place of what it saw before. */
    void note(String node, Collection<AlarmCondition> here) {
        given(jdbc.sql(NOTE).param("node", node), here).update();
    }

    /** Returns what nodes see for themselves, as far as they said so within two minutes. */
    List<AlarmCondition> sighted() {
        List<Map<String, Object>> rows = jdbc.sql(SIGHTED).query().listOfRows();
        return rows.stream().map(AlarmCondition::of).toList();
    }

    /**
     * Starts an alarm for each condition that has none, and ends those whose condition is gone.
     *
     * @param round as {@link #turn} gave it
     * @return those that started or ended; none where another node has taken a later turn
     */
    List<Alarm> keep(long round, Collection<AlarmCondition> conditions) {
        return given(jdbc.sql(KEEP).param("round", round), conditions).query(AlarmStore::alarm).list();
    }

    private static JdbcClient.StatementSpec given(JdbcClient.StatementSpec statement,
            Collection<AlarmCondition> conditions) {
        return statement.param("codes", texts(conditions, AlarmCondition::code))
                .param("companies", conditions.stream()
                        .map(seen -> seen.companyId().isPresent() ? (Long) seen.companyId().getAsLong() : null)
                        .toArray(Long[]::new))
                .param("streams", texts(conditions, seen -> seen.stream().orElse(null)))
                .param("parts", texts(conditions, AlarmCondition::part))
                .param("since", texts(conditions, seen -> seen.since().map(Object::toString).orElse(null)))
                .param("reasons", texts(conditions, AlarmCondition::reason))
                .param("remedies", texts(conditions, AlarmCondition::remedy));
    }

    private static String[] texts(Collection<AlarmCondition> conditions, Function<AlarmCondition, String> text) {
        return conditions.stream().map(text).toArray(String[]::new);
    }

    /** Counts those that are open. */
    public long open() {
        return jdbc.sql("select count(*) from pennylane_sync.alarm where ended_at is null").query(Long.class).single();
    }

    /**
     * Returns alarms, the newest first.
     *
     * @param past those that have ended too
     * @param max at most so many
     */
    public List<Alarm> list(boolean past, int max) {
        return jdbc.sql("select " + Alarm.COLUMNS + " from pennylane_sync.alarm a where a.ended_at is null or :past"
                + " order by a.started_at desc, a.id desc limit :max").param("past", past).param("max", max)
                .query(AlarmStore::alarm).list();
    }

    static Alarm alarm(ResultSet row, int number) throws SQLException {
        return Alarm.of(row);
    }
}

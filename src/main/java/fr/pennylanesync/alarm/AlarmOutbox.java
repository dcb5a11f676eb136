package fr.pennylanesync.alarm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows what is still to be told of alarms. Whoever tells of some claims them first, for longer than telling may take,
 * so that no other node tells of them too; whoever dies in between leaves them to the next. Nothing is dropped: what
 * could not be told is tried again after a pause that grows.
 */
public final class AlarmOutbox {

    /** A message says so many at most, and how many more there are. */
    static final int CLAIMED_MAX = 10_000;

    private static final String UNTOLD =
            "(a.sent_started_at is null or (a.ended_at is not null and a.sent_ended_at is null))";

    /** Nodes that claim at the same moment lock in one order: in any other they would wait for each other. */
    private static final String CLAIM = String.format(Locale.ROOT, """
            with first as (select a.code, a.sent_started_at is null as starting from pennylane_sync.alarm a
                where %1$s and a.next_attempt_at <= now() order by a.id limit 1),
            claimed as materialized (select a.id from pennylane_sync.alarm a, first f where a.code = f.code
                and (a.sent_started_at is null) = f.starting and %1$s and a.next_attempt_at <= now()
                order by a.id limit %2$d for update of a)
            update pennylane_sync.alarm a set attempts = attempts + 1, next_attempt_at = now() + interval '2 minutes'
            from claimed c where a.id = c.id and %1$s and a.next_attempt_at <= now()
            returning %3$s""", UNTOLD, CLAIMED_MAX, Alarm.COLUMNS);

    private static final String TOLD = """
            update pennylane_sync.alarm set attempts = 0, next_attempt_at = now(),
                sent_ended_at = case when sent_started_at is null then null else now() end,
                sent_started_at = coalesce(sent_started_at, now())
            where id = any(?)""";

    private static final String NOT_TOLD = """
            update pennylane_sync.alarm set next_attempt_at = now()
                + least(interval '15 minutes', interval '15 seconds' * power(2, least(attempts, 10) - 1))
            where id = any(?)""";

    private final JdbcClient jdbc;

    public AlarmOutbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Claims the alarms of one code whose start, or whose end, is to be told now; empty where there are none. */
    Optional<AlarmMessage> claim() {
        List<Alarm> claimed = jdbc.sql(CLAIM).query(AlarmStore::alarm).list();
        return claimed.isEmpty() ? Optional.empty() : Optional.of(AlarmMessage.of(claimed));
    }

    /** Notes that they were told. */
    void told(AlarmMessage message) {
        jdbc.sql(TOLD).param(ids(message)).update();
    }

    /** Leaves them to a later attempt. */
    void notTold(AlarmMessage message) {
        jdbc.sql(NOT_TOLD).param(ids(message)).update();
    }

    private static Long[] ids(AlarmMessage message) {
        return message.alarms().stream().map(Alarm::id).toArray(Long[]::new);
    }
}

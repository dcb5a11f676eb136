package fr.pennylanesync.alarm;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.logging.AlarmEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts and ends alarms by what health and {@code status} say, and says whom to tell of what. Safe for threads. */
public final class Alarms {

    private static final EventLog LOG = EventLog.of(Alarms.class);
    /** Names what is as it should be while an installation is young. */
    private static final Set<String> NO_ALARMS =
            Set.of(WarningCode.NO_COMPANY.name(), WarningCode.HISTORY_UNFINISHED.name());

    /**
     * Names what alarms are derived from.
     *
     * @param here what this node alone can see
     * @param everywhere what every node sees alike
     * @param isRead whether what a statement found concerns something that is read; else it would never end
     * @param staleAfter a company of which nothing was read for longer is an alarm
     */
    public record AlarmSources(String node, Supplier<List<AlarmCondition>> here, Supplier<List<Warning>> everywhere,
            Predicate<AlarmCondition> isRead, Duration staleAfter) {}

    private final AlarmStore store;
    private final AlarmOutbox outbox;
    private final AlarmSources sources;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile long open;

    public Alarms(JdbcClient jdbc, AlarmSources sources) {
        this.store = new AlarmStore(jdbc);
        this.outbox = new AlarmOutbox(jdbc);
        this.sources = sources;
    }

    /** Notes what this node sees, for whichever node has the next turn. */
    public void note() {
        store.note(sources.node(), sources.here().get());
        open = store.open();
    }

    /** Begins a round; empty where another node has just begun one. */
    public Optional<AlarmRound> begin() {
        return store.turn().map(number -> new AlarmRound(number, sources.isRead()));
    }

    /** Adds what health and {@code status} say to a round. */
    public void addHealth(AlarmRound round) {
        Instant now = Instant.now();
        round.add(sources.everywhere().get().stream().filter(warning -> isAlarm(warning, now)).map(AlarmCondition::of)
                .toList());
        round.add(store.sighted());
    }

    private boolean isAlarm(Warning warning, Instant now) {
        boolean isYoung = warning.code().equals(WarningCode.NOTHING_READ.name())
                && warning.since().filter(since -> since.plus(sources.staleAfter()).isBefore(now)).isEmpty();
        return !NO_ALARMS.contains(warning.code()) && !isYoung;
    }

    /** Starts and ends alarms by what a round found, and writes each into the log. */
    public void keep(AlarmRound round) {
        List<Alarm> changed = store.keep(round.number(), round.found());
        changed.forEach(Alarms::log);
        open = store.open();
    }

    private static void log(Alarm alarm) {
        LOG.log(alarm.endedAt().isPresent()
                ? new AlarmEvent.AlarmEnded(alarm.id(), alarm.code(), alarm.companyId(), alarm.stream(),
                        Duration.between(alarm.startedAt(), alarm.endedAt().get()).toSeconds())
                : new AlarmEvent.AlarmStarted(alarm.id(), alarm.code(), alarm.companyId(), alarm.stream(),
                        alarm.reason(), alarm.remedy()));
    }

    /** Claims what is to be told next; empty where nothing is. */
    public Optional<AlarmMessage> next() {
        return outbox.claim();
    }

    /** Notes that the message has arrived. */
    public void told(AlarmMessage message) {
        outbox.told(message);
        if (failing.getAndSet(false)) {
            LOG.log(new AlarmEvent.AlarmsToldAgain());
        }
    }

    /** Leaves the message to a later attempt, and says so in the log once. */
    public void notTold(AlarmMessage message, ErrorCode why) {
        outbox.notTold(message);
        if (!failing.getAndSet(true)) {
            LOG.log(new AlarmEvent.AlarmsNotTold(why.name(), why.remedy()));
        }
    }

    /** Returns how many were open when this was looked at last. */
    public long open() {
        return open;
    }
}

package fr.pennylanesync.history;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the rows that go when a partition is read: those that the share no longer has, those whose id was made of
 * another spelling of the same key, and those that stand for several rows of the share. Rights may be lost after a pass
 * was planned, so what the share no longer has is counted once more as it goes. The shape is the open one's: waiting
 * for a second connection while holding one could wait for ever.
 */
final class DepartedRows implements HistoryPass.VanishedRows {

    /**
     * Says what may go.
     *
     * @param vanished whether rows that the share does not have go, since nothing else has the stream
     * @param guard holds the rows that go against those that stay
     * @param merged ids that were landed although each stands for several rows of the share
     */
    record Departure(boolean vanished, SweepGuard guard, Set<Long> merged) {

        /** Nothing goes but what has another id now. */
        static Departure none() {
            return new Departure(false, new SweepGuard(false), Set.of());
        }
    }

    private final JdbcClient jdbc;
    private final UnseenRows rows;
    private final StreamDefinition stream;
    private final Departure departure;
    private final LongConsumer stopped;
    /** Counts the rows that go, by partition: one that is read twice counts once. */
    private final Map<String, Long> gone = new HashMap<>();
    private Optional<Long> live = Optional.empty();

    /** @param stopped takes the number of rows that the guard keeps */
    DepartedRows(JdbcClient jdbc, UnseenRows rows, StreamDefinition stream, Departure departure,
            LongConsumer stopped) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.stream = stream;
        this.departure = departure;
        this.stopped = stopped;
    }

    StreamDefinition stream() {
        return stream;
    }

    @Override
    public synchronized List<Long> of(PartitionRead partition, Checkpoint reading, Set<Long> setAside) {
        List<Long> departed = new ArrayList<>(departure.merged().stream().filter(setAside::contains).sorted().toList());
        if (stream.isShareOnly()) {
            TableDigests table = new TableDigests(jdbc, stream, partition.shape());
            List<Long> unseen = new ArrayList<>(table.unseen(partition.partition(), reading));
            unseen.removeAll(setAside);
            List<Long> renamed = partition.shape().isKeyRespelled() ? renamed(partition, table, reading, unseen)
                    : List.of();
            departed.addAll(renamed);
            unseen.removeAll(renamed);
            departed.addAll(vanished(partition, reading, unseen));
        }
        return departed;
    }

    private List<Long> vanished(PartitionRead partition, Checkpoint reading, List<Long> unseen) {
        if (unseen.isEmpty() || !departure.vanished()) {
            return List.of();
        }
        live = live.or(() -> Optional.of(rows.live(stream, reading.companyId())));
        gone.put(partition.partition().key(), (long) unseen.size());
        long all = gone.values().stream().mapToLong(Long::longValue).sum();
        if (departure.guard().stops(all, live.get())) {
            stopped.accept(all);
            return List.of();
        }
        return unseen;
    }

    /**
     * Rows whose id is not one that their key gives, while the id that it gives was landed: the key's numbers were
     * spelled in another way when they came. They are nothing that is lost.
     */
    private List<Long> renamed(PartitionRead partition, TableDigests table, Checkpoint reading, List<Long> unseen) {
        Map<Long, Long> successors = new HashMap<>();
        table.payloads(reading.companyId(), unseen).forEach((id, payload) -> {
            if (!partition.reader().isIdOf(id, payload)) {
                successors.put(id, partition.reader().idOf(payload));
            }
        });
        Set<Long> landed = rows.live(stream.name(), reading.companyId(), successors.values());
        return unseen.stream()
                .filter(id -> successors.containsKey(id) && landed.contains(successors.get(id))
                        && !unseen.contains(successors.get(id)))
                .toList();
    }
}

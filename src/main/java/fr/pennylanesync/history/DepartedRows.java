package fr.pennylanesync.history;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.DeletionDecision;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.table.TableDigests;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.PartitionRead;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the rows that go by a pass over the data sharing. Those whose id was made of another spelling of the same key,
 * and those that stand for several rows of the share, go with the partition that shows it. Those that the share no
 * longer has go behind the last partition, all of them or none: only then it is known how many they are. The shape is
 * the open one's: waiting for a second connection while holding one could wait for ever.
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

    /** A reading of a partition that came to its end. */
    private record Closed(Partition partition, Checkpoint reading) {}

    private final JdbcClient jdbc;
    private final UnseenRows rows;
    private final Quarantine quarantine;
    private final StreamDefinition stream;
    private final Departure departure;
    /** Holds one reading of each partition: the last, if landing its end had to be tried again. */
    private final Map<String, Closed> closed = new TreeMap<>();
    private final Set<Long> allSetAside = new HashSet<>();

    DepartedRows(JdbcClient jdbc, UnseenRows rows, Quarantine quarantine, StreamDefinition stream,
            Departure departure) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.quarantine = quarantine;
        this.stream = stream;
        this.departure = departure;
    }

    StreamDefinition stream() {
        return stream;
    }

    @Override
    public synchronized List<Long> of(PartitionRead partition, Checkpoint reading, Set<Long> setAside) {
        if (partition.partition().isWithoutRows()) {
            return vanished(new TableDigests(jdbc, stream, partition.shape()), reading);
        }
        closed.put(partition.partition().toString(), new Closed(partition.partition(), reading));
        allSetAside.addAll(setAside);
        List<Long> departed = new ArrayList<>(departure.merged().stream().filter(setAside::contains).sorted().toList());
        if (stream.isShareOnly() && partition.shape().isKeyRespelled()) {
            TableDigests table = new TableDigests(jdbc, stream, partition.shape());
            List<Long> unseen = new ArrayList<>(table.unseen(partition.partition(), reading));
            unseen.removeAll(setAside);
            departed.addAll(renamed(partition, table, reading, unseen));
        }
        return departed;
    }

    private List<Long> vanished(TableDigests table, Checkpoint pass) {
        if (!departure.vanished()) {
            return List.of();
        }
        List<Long> unseen = closed.values().stream()
                .flatMap(part -> table.unseen(part.partition(), part.reading()).stream())
                .distinct().filter(id -> !allSetAside.contains(id)).toList();
        if (!new DeletionDecision(jdbc, stream, departure.guard()).allows(sweep(pass), unseen)) {
            return List.of();
        }
        if (pass.pass() == PassKind.SWEEP) {
            quarantine.sweepAccepted(sweep(pass));
        }
        return unseen;
    }

    private static Checkpoint sweep(Checkpoint pass) {
        return new Checkpoint(pass.companyId(), pass.stream(), PassKind.SWEEP, pass.run(), pass.position());
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

package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.RowReader;
import fr.pennylanesync.share.SetAsideRow;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows of a partition of the data sharing; or its end, which holds no rows and takes the partition off the checkpoint's
 * list.
 *
 * @param from names the batch: partition, reading and number
 * @param records in the order of their ids, in which their table keeps them, and SQL hashes them
 * @param setAside rows that no table can take, or that the database refuses
 * @param source how the rows are spelled
 * @param end present behind the last row
 */
public record ShareBatch(StreamDefinition stream, Checkpoint from, List<StreamRecord> records,
        List<SetAsideRow> setAside, Rows source, Optional<End> end)
        implements Batch {

    /**
     * Says how the rows of a partition are spelled, for the digest of what stands, and of what the API has replaced.
     *
     * @param received the rows as they came, by id; empty where what is stored is what came
     * @param expectedNew whether the table had none of them when the partition began to be read
     */
    public record Rows(TableShape shape, RowReader reader, Map<Long, ShareRow> received, boolean expectedNew) {

        public Rows {
            received = Map.copyOf(received);
        }

        /** The digest with which the share counts a record's row. */
        RowDigest digest(StreamRecord record) {
            return received.containsKey(record.id()) ? received.get(record.id()).received() : stored(record);
        }

        /** The digest of a record as it is stored. */
        RowDigest stored(StreamRecord record) {
            return RowDigest.EMPTY.plus(reader.canonical(StorableJson.read(record.payload().toString())));
        }

        private SetAsideRow setAside(RefusedRecord refused) {
            StreamRecord record = refused.record();
            return received.containsKey(record.id()) ? received.get(record.id()).setAside(refused.reason())
                    : reader.setAside(record.id(), StorableJson.read(record.payload().toString()), refused.reason());
        }
    }

    /**
     * The end of a partition.
     *
     * @param expected the digest that the share computed of it
     * @param equal whether the digest of what was landed is that digest
     * @param gone ids of rows that the partition no longer has
     * @param setAside the names of its rows that are set aside
     * @param cut present where it is the first part of a partition that took the share too long
     */
    public record End(Partition partition, RowDigest expected, boolean equal, List<Long> gone, Set<String> setAside,
            Optional<Advance.PastPart> cut) {
        public End {
            gone = List.copyOf(gone);
            setAside = Set.copyOf(setAside);
        }

        /** Says what the end takes off the checkpoint's list. */
        public Advance advance() {
            return cut.<Advance>map(Function.identity())
                    .orElseGet(() -> new Advance.PastPartition(partition.toString()));
        }
    }

    public ShareBatch {
        records = List.copyOf(records);
        setAside = List.copyOf(setAside);
        if (end.isPresent() && !(records.isEmpty() && setAside.isEmpty())) {
            throw new IllegalArgumentException("the end of a partition holds no rows");
        }
    }

    /** Returns the batch without the records that the database refuses; their rows are set aside with it. */
    public ShareBatch without(List<RefusedRecord> refused) {
        Set<StreamRecord> gone = Collections.newSetFromMap(new IdentityHashMap<>());
        List<SetAsideRow> aside = new ArrayList<>(setAside);
        for (RefusedRecord one : refused) {
            gone.add(one.record());
            aside.add(source.setAside(one));
        }
        return new ShareBatch(stream, from, records.stream().filter(record -> !gone.contains(record)).toList(), aside,
                source, end);
    }

    /** Returns the batch with other records, one for each of its own. */
    ShareBatch with(List<StreamRecord> others) {
        return new ShareBatch(stream, from, others, setAside, source, end);
    }

    @Override
    public Advance advance() {
        return end.map(End::advance)
                .orElseGet(Advance.WithinPartition::new);
    }
}

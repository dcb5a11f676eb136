package fr.pennylanesync.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a batch's rows back inside the landing's transaction and hashes what the table now holds: the second half of each integrity check. */
final class ReadBack {

    private record Key(long parentId, long id) {}

    private final JdbcClient jdbc;
    private final Consumer<JsonNode> payloads;

    ReadBack(JdbcClient jdbc) {
        this(jdbc, payload -> { });
    }

    /** @param payloads is told each payload as the table holds it */
    ReadBack(JdbcClient jdbc, Consumer<JsonNode> payloads) {
        this.jdbc = jdbc;
        this.payloads = payloads;
    }

    /**
     * The batch hash recomputed from the stored payloads, in the order of the records.
     *
     * @throws WarehouseFailure READ_BACK_DIFFERS if a row is missing, or its payload and its record hash disagree
     */
    BatchHash recompute(BatchHash hash, long companyId, StreamDefinition stream, List<StreamRecord> records) {
        Map<Key, Sha256> stored = stored(companyId, stream, records);
        for (StreamRecord record : records) {
            Sha256 found = stored.get(new Key(record.parentId(), record.id()));
            if (found == null) {
                throw new WarehouseFailure(WarehouseFailure.Code.READ_BACK_DIFFERS, "a row of " + stream.name() + " is missing");
            }
            hash.add(record.parentId(), record.id(), found);
        }
        return hash;
    }

    private Map<Key, Sha256> stored(long companyId, StreamDefinition stream, List<StreamRecord> records) {
        Map<Key, Sha256> stored = new HashMap<>();
        String parent = stream.parentColumn().map(StreamTables::quoted).orElse("");
        jdbc.sql("select " + (stream.isChild() ? "t." + parent : "0") + ", t.id, t.payload::text, t.record_hash from " + StreamTables.table(stream)
                + " t join unnest(?::bigint[], ?::bigint[]) w(parent, id) on t.id = w.id"
                + (stream.isChild() ? " and t." + parent + " = w.parent" : "") + " where t.company_id = ? and t.deleted_at is null")
                .params(records.stream().map(StreamRecord::parentId).toArray(Long[]::new),
                        records.stream().map(StreamRecord::id).toArray(Long[]::new), companyId)
                .query(row -> {
                    JsonNode payload = StorableJson.read(row.getString(3));
                    Sha256 recomputed = RecordMapper.hash(payload);
                    if (!recomputed.equals(Sha256.stored(row.getBytes(4)))) {
                        throw new WarehouseFailure(WarehouseFailure.Code.READ_BACK_DIFFERS, "a row of " + stream.name()
                                + " does not match its record hash");
                    }
                    payloads.accept(payload);
                    stored.put(new Key(row.getLong(1), row.getLong(2)), recomputed);
                });
        return stored;
    }
}

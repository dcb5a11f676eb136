package fr.pennylanesync.landing.table;

import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.JsonbObject;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads a batch's rows back inside the landing's transaction and hashes what the table now holds: the second half of
 * each integrity check.
 */
public final class ReadBack {

    private record ReadBackKey(long parentId, long id) {}

    private final JdbcClient jdbc;

    public ReadBack(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The batch hash recomputed from the stored payloads, in the order of the records. A row that is missing, or whose
     * payload and record hash disagree, counts with a hash that no record has.
     */
    public BatchHash recompute(BatchHash hash, long companyId, StreamDefinition stream, List<StreamRecord> records) {
        return add(hash, records, stored(companyId, stream, records));
    }

    private static BatchHash add(BatchHash hash, List<StreamRecord> records, Map<ReadBackKey, Sha256> stored) {
        for (StreamRecord record : records) {
            hash.add(record.parentId(), record.id(),
                    stored.getOrDefault(new ReadBackKey(record.parentId(), record.id()), Sha256.ZERO));
        }
        return hash;
    }

    private Map<ReadBackKey, Sha256> stored(long companyId, StreamDefinition stream, List<StreamRecord> records) {
        Map<ReadBackKey, Sha256> stored = new HashMap<>();
        JsonbObject object = new JsonbObject(List.of());
        String parent = stream.parentColumn().map(StreamTables::quoted).orElse("");
        // By the key, row by row: of a table that is filled for the first time the planner would read the whole.
        jdbc.sql("select w.parent, w.id, t.payload::text, t.record_hash"
                + " from unnest(?::bigint[], ?::bigint[]) w(parent, id) cross join lateral (select payload, record_hash"
                + " from " + StreamTables.table(stream) + " where company_id = ?"
                + (stream.isChild() ? " and " + parent + " = w.parent" : "")
                + " and id = w.id and deleted_at is null limit 1) t")
                .params(records.stream().map(StreamRecord::parentId).toArray(Long[]::new),
                        records.stream().map(StreamRecord::id).toArray(Long[]::new), companyId)
                .query(row -> {
                    Sha256 recomputed = hash(object, row.getBytes(3));
                    boolean agrees = recomputed.equals(Sha256.stored(row.getBytes(4)));
                    stored.put(new ReadBackKey(row.getLong(1), row.getLong(2)), agrees ? recomputed : Sha256.ZERO);
                });
        return stored;
    }

    /** Of nearly every payload the spelling is made of the text itself, and of the others by way of a tree. */
    private static Sha256 hash(JsonbObject object, byte[] payload) {
        return object.read(payload, 0, payload.length) ? object.hash()
                : RecordMapper.hash(StorableJson.read(payload, 0, payload.length));
    }
}

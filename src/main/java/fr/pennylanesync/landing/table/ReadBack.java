package fr.pennylanesync.landing.table;

import fr.pennylanesync.hash.BatchHash;
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
        String parent = stream.parentColumn().map(StreamTables::quoted).orElse("");
        jdbc.sql("select " + (stream.isChild() ? "t." + parent : "0") + ", t.id, t.payload::text, t.record_hash from "
                + StreamTables.table(stream)
                + " t join unnest(?::bigint[], ?::bigint[]) w(parent, id) on t.id = w.id"
                + (stream.isChild() ? " and t." + parent + " = w.parent" : "")
                + " where t.company_id = ? and t.deleted_at is null")
                .params(records.stream().map(StreamRecord::parentId).toArray(Long[]::new),
                        records.stream().map(StreamRecord::id).toArray(Long[]::new), companyId)
                .query(row -> {
                    byte[] payload = row.getBytes(3);
                    Sha256 recomputed = RecordMapper.hash(StorableJson.read(payload, 0, payload.length));
                    boolean agrees = recomputed.equals(Sha256.stored(row.getBytes(4)));
                    stored.put(new ReadBackKey(row.getLong(1), row.getLong(2)), agrees ? recomputed : Sha256.ZERO);
                });
        return stored;
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.pass.RecordKeys;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.TruthRecord;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Holds the warehouse against the sandbox's truth: every record of every stream of the API, deletions included. */
public final class WarehouseTruth {

    private WarehouseTruth() {}

    /** One line per difference; none if the warehouse is faithful. */
    public static List<String> differences(Sandbox sandbox, Warehouse warehouse, Collection<StreamDefinition> streams) {
        return sandbox.companies().stream()
                .flatMap(company -> differences(sandbox, warehouse, company.id(), streams).stream()).toList();
    }

    public static List<String> differences(Sandbox sandbox, Warehouse warehouse, long companyId,
            Collection<StreamDefinition> streams) {
        List<String> differences = new ArrayList<>();
        for (StreamDefinition stream : streams.stream()
                .filter(stream -> stream.enabled() && !stream.isShareOnly()).toList()) {
            compare(companyId, stream, truth(sandbox, companyId, stream), stored(warehouse, companyId, stream),
                    differences);
        }
        return differences;
    }

    private static void compare(long companyId, StreamDefinition stream, Map<String, Sha256> truth,
            Map<String, Sha256> stored,
            List<String> differences) {
        truth.forEach((key, hash) -> {
            if (!stored.containsKey(key)) {
                differences.add(companyId + " " + stream.name() + " " + key + " is missing");
            } else if (!stored.get(key).equals(hash)) {
                differences.add(companyId + " " + stream.name() + " " + key + " differs");
            }
        });
        stored.keySet().stream().filter(key -> !truth.containsKey(key))
                .forEach(key -> differences.add(companyId + " " + stream.name() + " " + key + " is too much"));
    }

    private static Map<String, Sha256> truth(Sandbox sandbox, long companyId, StreamDefinition stream) {
        Map<String, Sha256> truth = new TreeMap<>();
        records(sandbox, companyId, stream)
                .forEach(record -> truth.put(record.parentId() + "/" + record.json().get("id"),
                        RecordMapper.map(stream, record.parentId(), record.json()).hash()));
        return truth;
    }

    /** The records of a stream; those that the API gives no id have the one that is made of their key. */
    static Stream<TruthRecord> records(Sandbox sandbox, long companyId, StreamDefinition stream) {
        Stream<TruthRecord> records = sandbox.truth().records(companyId, stream.name());
        if (!stream.isKeyed()) {
            return records;
        }
        Page all = new Page(records.map(TruthRecord::json).toList(), false, Optional.empty(), Map.of());
        return new RecordKeys(stream).identified(all).items().stream().map(item -> new TruthRecord(0, item));
    }

    private static Map<String, Sha256> stored(Warehouse warehouse, long companyId, StreamDefinition stream) {
        Map<String, Sha256> stored = new TreeMap<>();
        warehouse.jdbc()
                .sql("select " + stream.parentColumn().orElse("0") + ", id, payload::text from pennylane."
                        + stream.name()
                        + " where company_id = ? and deleted_at is null")
                .param(companyId)
                .query(row -> {
                    stored.put(row.getLong(1) + "/" + row.getLong(2),
                            RecordMapper.hash(StorableJson.read(row.getString(3))));
                });
        return stored;
    }
}

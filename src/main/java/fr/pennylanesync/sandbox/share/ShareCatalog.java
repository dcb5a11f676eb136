package fr.pennylanesync.sandbox.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The documented tables, read from {@code sandbox/share/tables.yaml} on the class path. */
final class ShareCatalog {

    private static final String RESOURCE = "/sandbox/share/tables.yaml";
    private static final List<ShareColumn> SYNCHRONISATION =
            List.of(new ShareColumn("synchronised_at", "timestamp"), new ShareColumn("deleted_at", "timestamp"));
    private static final List<ShareTable> TABLES = read();

    private ShareCatalog() {}

    /** Every table, schema by schema. */
    static List<ShareTable> tables() {
        return TABLES;
    }

    /** @param qualifiedName such as {@code etl.general_ledger} */
    static Optional<ShareTable> find(String qualifiedName) {
        return TABLES.stream().filter(table -> table.qualifiedName().equals(qualifiedName)).findFirst();
    }

    private static List<ShareTable> read() {
        try (InputStream yaml = ShareCatalog.class.getResourceAsStream(RESOURCE)) {
            JsonNode root = new YAMLMapper().readTree(yaml);
            List<ShareTable> tables = new ArrayList<>(schema(root, ShareTable.PENNYLANE));
            for (JsonNode name : root.path(ShareTable.ETL)) {
                tables.add(etl(tables.stream().filter(table -> table.name().equals(name.asText())).findFirst()
                        .orElseThrow()));
            }
            tables.addAll(schema(root, ShareTable.ACCOUNTING));
            return List.copyOf(tables);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
    }

    private static List<ShareTable> schema(JsonNode root, String schema) {
        List<ShareTable> tables = new ArrayList<>();
        root.path(schema).fields().forEachRemaining(
                field -> tables.add(new ShareTable(schema, field.getKey(), columns(field.getValue().asText()))));
        return tables;
    }

    private static List<ShareColumn> columns(String text) {
        return Arrays.stream(text.strip().split(",\\s+")).map(column -> column.split(" ", 2))
                .map(parts -> new ShareColumn(parts[0], parts[1])).toList();
    }

    private static ShareTable etl(ShareTable model) {
        List<ShareColumn> columns = new ArrayList<>(model.columns());
        columns.addAll(SYNCHRONISATION);
        return new ShareTable(ShareTable.ETL, model.name(), columns);
    }
}

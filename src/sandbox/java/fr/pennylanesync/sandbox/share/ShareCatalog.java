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
    private static final List<CopiedColumn> SYNCHRONISATION =
            List.of(new CopiedColumn("synchronised_at", "timestamp"), new CopiedColumn("deleted_at", "timestamp"));
    private static final List<CopiedTable> TABLES = read();

    private ShareCatalog() {}

    /** Every table, schema by schema. */
    static List<CopiedTable> tables() {
        return TABLES;
    }

    /** @param qualifiedName such as {@code etl.general_ledger} */
    static Optional<CopiedTable> find(String qualifiedName) {
        return TABLES.stream().filter(table -> table.qualifiedName().equals(qualifiedName)).findFirst();
    }

    private static List<CopiedTable> read() {
        try (InputStream yaml = ShareCatalog.class.getResourceAsStream(RESOURCE)) {
            JsonNode root = new YAMLMapper().readTree(yaml);
            List<CopiedTable> tables = new ArrayList<>(schema(root, CopiedTable.PENNYLANE));
            for (JsonNode name : root.path(CopiedTable.ETL)) {
                tables.add(etl(tables.stream().filter(table -> table.name().equals(name.asText())).findFirst()
                        .orElseThrow()));
            }
            tables.addAll(schema(root, CopiedTable.ACCOUNTING));
            return List.copyOf(tables);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + RESOURCE, unreadable);
        }
    }

    private static List<CopiedTable> schema(JsonNode root, String schema) {
        List<CopiedTable> tables = new ArrayList<>();
        root.path(schema).fields().forEachRemaining(
                field -> tables.add(new CopiedTable(schema, field.getKey(), columns(field.getValue().asText()))));
        return tables;
    }

    private static List<CopiedColumn> columns(String text) {
        return Arrays.stream(text.strip().split(",\\s+")).map(column -> column.split(" ", 2))
                .map(parts -> new CopiedColumn(parts[0], parts[1])).toList();
    }

    private static CopiedTable etl(CopiedTable model) {
        List<CopiedColumn> columns = new ArrayList<>(model.columns());
        columns.addAll(SYNCHRONISATION);
        return new CopiedTable(CopiedTable.ETL, model.name(), columns);
    }
}

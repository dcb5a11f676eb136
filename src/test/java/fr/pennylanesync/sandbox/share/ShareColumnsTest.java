package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each documented column is there, with its type and in its place, and no other: found as a customer finds it. */
class ShareColumnsTest {

    private static final Path DOCUMENTED = Path.of("src/test/resources/sandbox/share-columns.txt");
    private static final Map<String, String> TYPES = Map.of("B", "int8", "I", "int4", "V", "varchar", "X", "text",
            "N", "numeric", "F", "float8", "L", "bool", "D", "date", "T", "timestamp");

    private static Sandbox sandbox;
    private static SandboxShare share;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1));
        share = ShareHome.open(sandbox);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyColumnIsAsDocumented(boolean redshift) throws IOException, SQLException {
        Map<String, List<String>> documented = documented();
        assertThat(documented).hasSize(30);
        ShareReader reader = new ShareReader(redshift ? share.redshiftUrl() : share.jdbcUrl(), share.login());
        try (Connection connection = reader.connect()) {
            for (Map.Entry<String, List<String>> table : documented.entrySet()) {
                assertThat(columns(connection, table.getKey())).as(table.getKey()).isEqualTo(table.getValue());
            }
        }
    }

    @Test
    void theCatalogueShowsACustomerNothing() {
        ShareReader reader = ShareReader.of(share);
        for (String catalogue : List.of("information_schema.tables", "information_schema.columns",
                "information_schema.views")) {
            assertThat(reader.rows("select * from " + catalogue
                    + " where table_schema in ('pennylane', 'etl', 'accounting')")).isEmpty();
        }
        assertThat(reader.rows("select * from pg_tables where schemaname = 'pennylane'")).isEmpty();
        assertThat(reader.rows("select * from information_schema.tables where table_schema = 'pg_catalog' limit 1"))
                .hasSize(1);
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet nothing = statement.executeQuery("select * from " + table + " limit 0")) {
            ResultSetMetaData columns = nothing.getMetaData();
            List<String> found = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                found.add(columns.getColumnName(i) + " " + columns.getColumnTypeName(i));
            }
            return found;
        }
    }

    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        List<String> copied = new ArrayList<>();
        List<String> columns = List.of();
        for (String line : Files.readAllLines(DOCUMENTED)) {
            String[] words = line.split(" ");
            if (line.startsWith("[")) {
                columns = new ArrayList<>();
                tables.put(line.substring(1, line.length() - 1), columns);
            } else if (line.startsWith("= ")) {
                copied.addAll(Arrays.asList(words).subList(1, words.length));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                for (int i = 1; i < words.length; i++) {
                    columns.add(words[i] + " " + TYPES.get(words[0]));
                }
            }
        }
        List<String> more = tables.remove("etl.*");
        for (String name : copied) {
            List<String> etl = new ArrayList<>(tables.get("pennylane." + name));
            etl.addAll(more);
            tables.put("etl." + name, etl);
        }
        return tables;
    }
}

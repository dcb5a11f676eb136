package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A start finds all tables as they should be with two questions, and mends the one that is not. */
class StreamTablesTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    private static final List<String> STATEMENTS = new ArrayList<>();

    private static Warehouse warehouse;
    private static StreamTables tables;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.ready();
        tables = new StreamTables(JdbcClient.create(new DelegatingDataSource(warehouse.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                return noting(super.getConnection());
            }
        }));
    }

    private static Connection noting(Connection connection) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        STATEMENTS.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException refused) {
                        throw refused.getCause();
                    }
                });
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @BeforeEach
    void begin() {
        STATEMENTS.clear();
    }

    @Test
    void allTablesThatAreAsTheyShouldBeCostTwoQuestions() {
        tables.ensure(CATALOG.all());

        assertThat(CATALOG.all()).hasSizeGreaterThan(50);
        assertThat(STATEMENTS).hasSize(2);
    }

    @Test
    void whatIsOtherwiseIsMendedAndNothingElseIsTouched() {
        StreamDefinition stream = CATALOG.find("customers").orElseThrow();
        warehouse.jdbc().sql("comment on column pennylane.customers.payload is 'something else'").update();
        warehouse.jdbc().sql("comment on table pennylane.suppliers is null").update();
        warehouse.jdbc().sql("drop function pennylane.products_at(timestamptz)").update();

        tables.ensure(CATALOG.all());

        assertThat(STATEMENTS).filteredOn(sql -> sql.contains("comment on column pennylane.\"customers\"")).hasSize(1);
        assertThat(STATEMENTS).filteredOn(sql -> sql.contains("comment on table pennylane.\"suppliers\"")).hasSize(1);
        assertThat(STATEMENTS).filteredOn(sql -> sql.contains("create or replace function")).hasSize(1);
        TableCatalog catalog = TableCatalog.read(warehouse.jdbc(), CATALOG.all());
        assertThat(catalog.table(stream).comments()).containsAllEntriesOf(ColumnComments.of(stream));
        STATEMENTS.clear();
        tables.ensure(CATALOG.all());
        assertThat(STATEMENTS).hasSize(2);
    }
}

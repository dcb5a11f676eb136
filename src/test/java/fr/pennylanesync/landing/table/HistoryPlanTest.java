package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How 300,000 versions of 50,000 invoices are asked for, beside as many of other streams; prints what it took. */
@Tag("minutes")
class HistoryPlanTest {

    private static final int RECORDS = 50_000;
    private static final int VERSIONS = 6;
    private static final Pattern TIME = Pattern.compile("Execution Time: ([\\d.]+) ms");

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
        StreamDefinition invoices =
                StreamCatalog.load(Path.of("routes"), Map.of()).find("customer_invoices").orElseThrow();
        new StreamTables(warehouse.jdbc()).ensure(invoices);
        String payload = "jsonb_build_object('id', n, 'label', 'Facture ' || n || ' version ' || k, 'date', '2025-03-'"
                + " || lpad((1 + n % 31)::text, 2, '0'), 'amount', (n * 1.25 + k)::text, 'created_at',"
                + " '2025-03-31T10:11:12.123456Z', 'customer', jsonb_build_object('id', n % 400), "
                + invoices.columns().stream().skip(8).limit(30)
                        .map(column -> "'" + column.name() + "', 'value of version ' || k || n")
                        .collect(Collectors.joining(", "))
                + ")";
        for (String stream : new String[] {"customer_invoices", "another_stream"}) {
            warehouse.jdbc()
                    .sql(String.format(Locale.ROOT, """
                    insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,
                        replaced_by_batch_id, payload, record_hash, source, changed_at, replaced_at)
                    select n %% 5, '%s', 0, n, k, k + 1, %s, sha256(n::text::bytea), 'api',
                        timestamptz '2025-01-01' + k * interval '30 days' + n * interval '40 seconds',
                        timestamptz '2025-01-01' + (k + 1) * interval '30 days' + n * interval '40 seconds'
                    from generate_series(1, %d) k, generate_series(1, %d) n""", stream,
                            stream.startsWith("another") ? "'{}'" : payload, VERSIONS, RECORDS))
                    .update();
        }
        warehouse.jdbc().sql(String.format(Locale.ROOT, """
                insert into pennylane.customer_invoices (company_id, id, label, amount, date, payload, record_hash,
                    source, batch_id, first_seen_at, changed_at)
                select n %% 5, n, 'Facture ' || n, n * 1.25, '2025-03-01', %s, sha256(n::text::bytea), 'api', 7,
                    '2025-01-01', timestamptz '2025-01-01' + 7 * interval '30 days' + n * interval '40 seconds'
                from generate_series(1, %d) n, (values (7)) u(k)""", payload, RECORDS)).update();
        warehouse.jdbc().sql("analyze").update();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void oneRecordCostsALookIntoAnIndex() {
        String plan = explain("one record", "select * from pennylane.customer_invoices_history"
                + " where company_id = 2 and id = 31002");
        assertThat(plan).contains("rows=6.00").contains("record_version_pkey").doesNotContain("Seq Scan");
        assertThat(explain("one record at a moment", "select * from pennylane.customer_invoices_at('2025-05-01')"
                + " where company_id = 2 and id = 31002")).contains("record_version_pkey").doesNotContain("Seq Scan");
    }

    @Test
    void aRecentMomentCostsWhatWasReplacedSince() {
        assertThat(explain("a moment a few hours before the last change, three columns",
                "select id, amount, date from pennylane.customer_invoices_at('2025-08-20')"))
                .contains("record_version_of_time").doesNotContain("Seq Scan on record_version");
    }

    @Test
    void aWholeStreamIsReadOnce() {
        explain("an old moment, three columns",
                "select id, amount, date from pennylane.customer_invoices_at('2025-03-15')");
        explain("an old moment, all columns", "select * from pennylane.customer_invoices_at('2025-03-15')");
        explain("an old moment, a sum", "select sum(amount) from pennylane.customer_invoices_at('2025-03-15')");
        assertThat(explain("every version, three columns",
                "select id, amount, valid_from from pennylane.customer_invoices_history")).contains("rows=300000.00");
        explain("every version, all columns", "select * from pennylane.customer_invoices_history");
    }

    private static String explain(String what, String sql) {
        String plan = String.join("\n",
                warehouse.jdbc().sql("explain (analyze, timing off, serialize) " + sql).query(String.class)
                        .list());
        Matcher time = TIME.matcher(plan);
        assertThat(time.find()).isTrue();
        System.out.println(what + ": " + time.group(1) + " ms");
        return plan;
    }
}

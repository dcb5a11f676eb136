package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.api.page.ExactJson;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Batch;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.Landing;
import fr.pennylanesync.landing.LandingFailures;
import fr.pennylanesync.landing.Landings;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.pass.IncludedChild;
import fr.pennylanesync.pass.KeysetPass;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.LaneReader;
import fr.pennylanesync.pass.PageLane;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.pass.RecordsPass;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whatever one record of a page is, the other 99 land, it lands or is set aside, every hash is right, and the next sync
 * is unhindered. Pages are read and landed by the real classes, as the routes do.
 */
class OddRecordsTest {

    private static final int RECORDS = 100;
    private static final long ODD = 50;
    private static final int REQUESTS_MAX = 500;

    private static Warehouse warehouse;
    private static StreamCatalog catalog;
    private static StreamDefinition invoices;
    private static Landing landing;
    private static long company;

    private final Map<Long, String> server = new TreeMap<>();
    private int requests;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.ready();
        catalog = StreamCatalog.load(Path.of("routes"), Map.of());
        invoices = catalog.find("customer_invoices").orElseThrow();
        new StreamTables(warehouse.jdbc()).ensure(invoices);
        landing = new Landing(warehouse.jdbc(), warehouse.rowCopy());
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    static Stream<String> values() {
        return Stream.of(
                // dates
                date("+12026-12-31"), date("0000-01-01"), date("-0044-03-15"), date("-4713-11-23"),
                date("+5874898-01-01"), date("+999999999-12-31"), date("2026-02-30"), date("2026-W01-1"),
                date("20224-01-01"), date("infinity"), date(""), date(" 2026-01-01"), date("2026-01-01T00:00:00Z"),
                date("\\u0662\\u0660\\u0662\\u0666-01-01"),
                // instants
                instant("+12026-01-01T00:00:00Z"), instant("+294277-01-01T00:00:00Z"),
                instant("294276-12-31T23:59:59.999999999Z"), instant("+294276-12-31T23:59:59.999999999Z"),
                instant("2026-01-01T00:00:00+18:00"), instant("2026-01-01T00:00:00.123456789Z"),
                instant("2026-01-01T24:00:00Z"), instant("2026-06-30T23:59:60Z"), instant("0000-01-01T00:00:00Z"),
                instant("-999999999-01-01T00:00:00Z"), instant("2026-01-01 00:00:00"), instant("now"),
                // numbers
                field("amount", "1E131071"), field("amount", "1E131072"), field("amount", "1e999999999"),
                field("amount", "1e99999999999"), field("amount", "-1E-16383"), field("amount", "1E-16384"),
                field("amount", "0E-20000"), field("amount", "-0"), field("amount", "NaN"),
                field("amount", "-Infinity"), field("amount", "\"NaN\""), field("amount", "\"1e400000\""),
                field("amount", "1" + "0".repeat(2_000)), field("amount", "1" + "0".repeat(140_000)),
                field("unknown", "1E131072"), field("unknown", "[{\"a\":1E131072}]"),
                field("customer", "{\"id\":9223372036854775808}"), field("customer", "{\"id\":1.5}"),
                field("customer", "[]"), field("draft", "\"yes\""), field("draft", "1"),
                // keys
                field("label", "1,\"label\":2"), field("unknown", "{\"a\":1,\"a\":2}"), field("", "1"),
                field("\\u0000", "1"), field("k".repeat(20_000), "1"), field("__proto__", "{}"),
                field("label", "\"a\",\"LABEL\":\"b\""),
                // texts
                field("label", "\"a\\u0000b\""), field("label", "\"\\ud800\""), field("label", "\"\\udc00\\ud800\""),
                field("label", "\"\ufdd0\""), field("label", "\"a\tb\""), field("label", "\"\\uffff\""),
                field("label", "\"" + "é".repeat(300_000) + "\""), field("label", "\"" + "x".repeat(9_000_000) + "\""),
                field("label", "{\"a\":[1]}"), field("label", "null"), field("label", "\"'; drop table x; --\""),
                // depth and size
                field("unknown", "[".repeat(99) + "]".repeat(99)), field("unknown", "[".repeat(5_000)
                        + "]".repeat(5_000)),
                field("unknown", "{\"a\":".repeat(40_000) + "1" + "}".repeat(40_000)),
                field("unknown", "[" + "1,".repeat(50_000) + "1]"),
                // ids and shapes
                "{\"label\":\"without id\"}", "{\"id\":null}", "{\"id\":\"50\"}", "{\"id\":\"x\"}", "{\"id\":-50}",
                "{\"id\":0}", "{\"id\":50.0}", "{\"id\":5e1}", "{\"id\":9223372036854775807}",
                "{\"id\":9223372036854775808}", "{\"id\":1" + "0".repeat(3_000) + "}", "{\"id\":true}", "{\"id\":[50]}",
                "{\"id\":49}", "{\"id\":51}", "{\"id\":1}", "{\"id\":100}", "{\"id\":50,\"id\":50}",
                "{\"id\":50,\"id\":51}", "null", "{}", "[]", "7", "\"text\"", "[[50]]", "true", "NaN", "1E200000",
                // what no parser reads
                "{\"id\":50,\"label\":\"\\x\"}", "{\"id\":50", "<html>");
    }

    private static String date(String value) {
        return field("date", "\"" + value + "\"");
    }

    private static String instant(String value) {
        return field("updated_at", "\"" + value + "\"");
    }

    private static String field(String name, String value) {
        return "{\"id\":50,\"" + name + "\":" + value + ",\"invoice_number\":\"F-50\"}";
    }

    @ParameterizedTest
    @MethodSource("values")
    void theOthersLandAndItLandsOrIsSetAside(String odd) {
        begin(odd);

        read(walk(PassKind.WALK));
        assertTheOthersAreHere();
        read(walk(PassKind.SWEEP));
        assertTheOthersAreHere();

        server.put(ODD, record(ODD));
        read(walk(PassKind.WALK));
        assertThat(live()).as("once it is as it should be").isEqualTo(RECORDS);
    }

    private void begin(String odd) {
        company++;
        LongStream.rangeClosed(1, RECORDS).forEach(id -> server.put(id, record(id)));
        server.put(ODD, odd);
        warehouse.jdbc().sql("""
                insert into pennylane_sync.stream_state (company_id, stream, state) values (?, ?, 'HISTORY')""")
                .params(company, invoices.name()).update();
    }

    private static String record(long id) {
        return "{\"id\":%d,\"label\":\"%d\",\"amount\":\"1.50\",\"date\":\"2026-01-01\"}".formatted(id, id);
    }

    private void assertTheOthersAreHere() {
        assertThat(warehouse.jdbc().sql("""
                select count(*) from pennylane.customer_invoices where company_id = ? and id between 1 and 100
                and id <> 50 and label = id::text and deleted_at is null""").param(company).query(Long.class).single())
                .isGreaterThanOrEqualTo(RECORDS - 2);
        boolean landed = warehouse.jdbc().sql("""
                select exists (select 1 from pennylane.customer_invoices where company_id = ? and id = 50)""")
                .param(company).query(Boolean.class).single();
        long open = warehouse.jdbc().sql("""
                select count(*) from pennylane_sync.quarantine where company_id = ? and resolved_at is null""")
                .param(company).query(Long.class).single();
        assertThat(landed || open > 0).as("landed, or told").isTrue();
        assertThat(new Verification(warehouse, new StreamStates(warehouse.jdbc()), catalog)
                .verify(List.of(company), List.of(invoices)).differences()).isEmpty();
    }

    private long live() {
        return warehouse.jdbc().sql("""
                select count(*) from pennylane.customer_invoices where company_id = ? and id between 1 and 100
                and deleted_at is null""").param(company).query(Long.class).single();
    }

    @Test
    void aRecordThatTheDatabaseRefusesIsSetAsideAndTriedAgainLater() {
        begin(record(ODD));
        warehouse.jdbc().sql("alter table pennylane.customer_invoices add constraint odd"
                + " check (company_id <> " + company + " or id <> 50 or label <> '50')").update();

        read(walk(PassKind.WALK));

        assertThat(live()).isEqualTo(RECORDS - 1);
        assertThat(warehouse.jdbc().sql("""
                select record_id || ' ' || reason || ' ' || (raw::json ->> 'label') from pennylane_sync.quarantine
                where company_id = ? and resolved_at is null""").param(company).query(String.class).list())
                .containsExactly("50 SQLSTATE 23514 50");
        DueList due = new DueList(warehouse.jdbc());
        assertThat(due.count(company, invoices.name())).isEqualTo(1);
        assertThat(due.next(company, invoices.name(), 0, 10)).as("not before its pause").isEmpty();
        assertThat(due.streams(company)).isEmpty();
        for (int attempt = 0; attempt < 3; attempt++) {
            due.addByHand(company, invoices.name(), ODD);
            read(records(due));
        }
        assertThat(pauses()).containsExactly(List.of(4L, 2400L));

        server.put(ODD, "{\"id\":50,\"label\":\"mended\"}");
        due.addByHand(company, invoices.name(), ODD);
        read(records(due));
        assertThat(live()).isEqualTo(RECORDS);
        assertThat(warehouse.jdbc().sql("""
                select count(*) from pennylane_sync.quarantine where company_id = ? and resolved_at is null""")
                .param(company).query(Long.class).single()).isZero();
        assertThat(due.count(company, invoices.name())).isZero();
    }

    @Test
    void ofRecordsThatCannotStandBesideEachOtherTheLaterAreSetAside() {
        begin("{\"id\":50,\"label\":\"7\"}");
        server.put(90L, "{\"id\":90,\"label\":\"7\"}");
        warehouse.jdbc().sql("create unique index one_of_each on pennylane.customer_invoices (label)"
                + " where company_id = " + company).update();

        read(walk(PassKind.WALK));

        assertThat(live()).isEqualTo(RECORDS - 2);
        assertThat(warehouse.jdbc().sql("""
                select record_id || ' ' || reason from pennylane_sync.quarantine
                where company_id = ? and resolved_at is null order by record_id""").param(company).query(String.class)
                .list()).containsExactly("50 SQLSTATE 23505", "90 SQLSTATE 23505");
    }

    private static List<List<Long>> pauses() {
        return warehouse.jdbc().sql("""
                select attempts, round(extract(epoch from next_attempt_at - now()) / 60) * 60
                from pennylane_sync.due where company_id = ?""").param(company)
                .query((row, n) -> List.of(row.getLong(1), row.getLong(2))).list();
    }

    private static Pass walk(PassKind kind) {
        return new KeysetPass(invoices,
                new CheckpointStore(warehouse.jdbc()).open(company, invoices.name(), kind, Position.Unread.ALL,
                        position -> null),
                new IncludedChild(Optional.empty()),
                kind == PassKind.SWEEP ? Optional.of(new SweepGuard(false)) : Optional.empty());
    }

    private static Pass records(DueList due) {
        return new RecordsPass(invoices, new CheckpointStore(warehouse.jdbc()).open(company, invoices.name(),
                PassKind.CHANGES, new Position.Worked(0), position -> position), due);
    }

    private void read(Pass pass) {
        requests = 0;
        while (pass.isUnfinished()) {
            for (Lane lane : pass.lanes()) {
                while (lane.isUnfinished()) {
                    readBatch((PageLane) lane);
                }
            }
        }
        assertThat(requests).isLessThan(REQUESTS_MAX);
    }

    private void readBatch(PageLane lane) {
        for (int attempt = 0; !lane.isBatchReady(); requests++) {
            try {
                LaneReader.takePage(lane, lane.read(ExactJson.MAPPER.readTree(answer(lane.request()))));
                attempt = 0;
            } catch (IOException unreadable) {
                attempt = failed(lane, PageReader.unreadable(unreadable, "/customer_invoices"), attempt);
            } catch (SyncException failure) {
                attempt = failed(lane, failure, attempt);
            }
        }
        lane.landed(Optional.of(land(lane.batch())));
    }

    /** As the policy does: a failure that repeats is given to the lane, which goes on in another way. */
    private static int failed(PageLane lane, SyncException failure, int attempt) {
        if (attempt < 3) {
            return attempt + 1;
        }
        if (!lane.isolates(failure)) {
            throw failure;
        }
        lane.isolate(failure);
        return 0;
    }

    private static LandedBatch land(Batch batch) {
        try {
            return warehouse.transaction(() -> Landings.land(landing, batch, Dependents.NONE));
        } catch (DataAccessException refused) {
            assertThat(LandingFailures.of(refused).code().name()).isEqualTo("VALUE_REFUSED");
            var found = landing.refused(batch, new TransactionTemplate(warehouse.transactionManager()));
            assertThat(found).isNotEmpty();
            return warehouse.transaction(
                    () -> Landings.land(landing, ((RecordBatch) batch).without(found), Dependents.NONE));
        }
    }

    private String answer(PageRequest request) {
        List<Map.Entry<Long, String>> found = server.entrySet().stream()
                .filter(row -> request.conditions().stream().allMatch(condition -> switch (condition.operator()) {
                    case GT -> row.getKey() > condition.value().longValue();
                    case LTEQ -> row.getKey() <= condition.value().longValue();
                    case IN -> StreamSupport.stream(condition.value().spliterator(), false)
                            .anyMatch(id -> id.longValue() == row.getKey());
                    default -> throw new IllegalArgumentException(condition.operator().name());
                })).toList();
        int size = Math.min(found.size(), request.limit());
        boolean more = size < found.size();
        return "{\"items\":[" + String.join(",", found.subList(0, size).stream().map(Map.Entry::getValue).toList())
                + "],\"has_more\":" + more + ",\"next_cursor\":" + (more ? "\"c" + size + "\"" : "null") + "}";
    }
}

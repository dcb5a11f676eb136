package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.landing.table.StreamIndexes;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import fr.pennylanesync.warehouse.Housekeeping;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Runs the job's own file over a real warehouse. */
class HousekeepingTest {

    private static final RouteSnapshot FILES = RouteSnapshot.read(Path.of("routes"));

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final FakeThinning thinning = new FakeThinning();
    private final FakeFiles files = new FakeFiles();
    private List<StreamDefinition> streams = List.of();

    @BeforeEach
    void listen() {
        told.start();
        loggers().forEach(logger -> {
            logger.setLevel(Level.INFO);
            logger.addAppender(told);
        });
    }

    @AfterEach
    void listenNoMore() {
        loggers().forEach(logger -> {
            logger.setLevel(null);
            logger.detachAppender(told);
        });
    }

    private static Stream<Logger> loggers() {
        return Stream.of(Housekeeping.class, JobFailures.class, StreamIndexes.class)
                .map(type -> (Logger) LoggerFactory.getLogger(type));
    }

    @Test
    void onlyWhatNobodyWillAskForAgainGoes() throws Exception {
        try (Warehouse warehouse = TestWarehouse.create()) {
            warehouse.jdbc()
                    .sql("""
                    insert into pennylane_sync.seen_event (company_id, feed, processed_at, id, operation)
                    values (1, 'customers', now() - interval '36 days', 1, 'update'), (1, 'customers',
                        now() - interval '34 days', 2, 'update')""")
                    .update();
            warehouse.jdbc()
                    .sql("""
                    insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason, resolved_at)
                    values (1, 'customers', 'RECORD', 1, 'FORBIDDEN', now() - interval '2 years'),
                        (1, 'customers', 'RECORD', 4, 'FORBIDDEN', now() - interval '3 years'),
                        (1, 'customers', 'RECORD', 2, 'FORBIDDEN', now() - interval '1 month'), (1, 'customers',
                            'RECORD', 3, 'FORBIDDEN', null)""")
                    .update();

            warehouse.jdbc().sql("""
                    insert into pennylane_sync.alarm (code, part, started_at, ended_at, reason, remedy)
                    values ('GAP', 'old', now() - interval '4 years', now() - interval '3 years', 'r', 'r'),
                        ('GAP', 'young', now() - interval '4 years', now() - interval '1 year', 'r', 'r'),
                        ('GAP', 'open', now() - interval '4 years', null, 'r', 'r')""").update();

            run(warehouse.dataSource());

            assertThat(warehouse.jdbc().sql("select part from pennylane_sync.alarm").query(String.class).list())
                    .containsExactlyInAnyOrder("young", "open");
            assertThat(warehouse.jdbc().sql("select id from pennylane_sync.seen_event").query(Long.class).list())
                    .containsExactly(2L);
            assertThat(warehouse.jdbc().sql("select record_id from pennylane_sync.quarantine").query(Long.class).list())
                    .containsExactlyInAnyOrder(2L, 3L);
        }
        assertThat(told.list).singleElement().satisfies(event -> {
            assertThat(event.getMessage()).isEqualTo("housekeeping_done");
            assertThat(event.getKeyValuePairs()).asString().contains("seen_events=\"1\"", "resolved_cases=\"2\"",
                    "ended_alarms=\"1\"");
        });
    }

    @Test
    void anIndexThatIsMissingIsMadeOnceAndWhatWasBrokenOffIsMadeAnew() throws Exception {
        StreamDefinition stream = TestStreams.indexed("orders", "date", "customer_id", "seller_id");
        try (Warehouse warehouse = TestWarehouse.create()) {
            new StreamTables(warehouse.jdbc()).ensure(stream);
            warehouse.jdbc().sql("drop index pennylane.orders_by_date").update();
            warehouse.jdbc().sql("drop index pennylane.orders_by_seller_id").update();
            warehouse.jdbc().sql("create index own on pennylane.orders (company_id, seller_id, date)").update();
            warehouse.jdbc().sql("update pg_index set indisvalid = false "
                    + "where indexrelid = 'pennylane.orders_by_customer_id'::regclass").update();
            streams = List.of(stream);

            run(warehouse.dataSource(), tick -> {
                tick.run();
                tick.run();
            });

            assertThat(warehouse.jdbc().sql("""
                    select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid
                    where i.indrelid = 'pennylane.orders'::regclass and i.indisvalid""").query(String.class).list())
                    .containsExactlyInAnyOrder("orders_pkey", "orders_by_date", "orders_by_customer_id", "own");
        }
        assertThat(told.list).extracting(ILoggingEvent::getMessage).filteredOn("warehouse_index_made"::equals)
                .hasSize(2);
    }

    @Test
    void aWarehouseThatIsAwayIsTold() throws Exception {
        run(new Away("08006"));

        assertThat(told.list).singleElement().satisfies(event -> {
            assertThat(event.getMessage()).isEqualTo("job_failed");
            assertThat(event.getKeyValuePairs()).asString().contains("WAREHOUSE_REFUSED", "08006");
        });
    }

    @Test
    void aJobThatKeepsFailingIsToldOnceAndWhenItWorksAgain() throws Exception {
        try (Warehouse warehouse = TestWarehouse.create()) {
            Away changing = new Away("42501");
            run(changing, tick -> {
                tick.run();
                tick.run();
                tick.run();
                changing.back = Optional.of(warehouse.dataSource());
                tick.run();
                tick.run();
                changing.back = Optional.empty();
                tick.run();
                tick.run();
            });
        }
        assertThat(told.list).extracting(ILoggingEvent::getMessage).containsExactly("job_failed", "housekeeping_done",
                "job_works_again", "housekeeping_done", "job_failed");
    }

    private void run(DataSource warehouse) throws Exception {
        run(warehouse, Runnable::run);
    }

    private void run(DataSource warehouse, Consumer<Runnable> ticks) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("warehouse", warehouse);
            context.getRegistry().bind("housekeeping", new Housekeeping());
            context.getRegistry().bind("thinning", thinning);
            context.getRegistry().bind("indexes", new StreamIndexes.Steps(warehouse, () -> streams));
            context.getRegistry().bind("fileRetention", files);
            context.getRegistry().bind("archive", files);
            JobFailures failures = new JobFailures(new Outages());
            context.getRegistry().bind("jobFailures", failures);
            context.getRegistry().bind("quietRedelivery", new QuietRedelivery());
            // Camel Main takes both from the registry; a bare context is told.
            context.addRoutePolicyFactory(failures);
            context.getCamelContextExtension().addInterceptStrategy(new ForeignFailures());
            CamelContexts.load(context, routes());
            AdviceWith.adviceWith(context, "housekeeping", job -> job.replaceFromWith("direct:tick"));
            context.start();
            ProducerTemplate caller = context.createProducerTemplate();
            ticks.accept(() -> assertThat(caller.send("direct:tick", tick -> {}).getException()).isNull());
        }
    }

    /** Of each stream that is old two rounds are thinned. */
    public static final class FakeThinning {

        private final List<String> calls = new ArrayList<>();
        private List<String> streams = List.of();

        public List<String> streams() {
            return streams;
        }

        public boolean isOld(String stream) {
            return !stream.equals("young") && calls.stream().filter(call -> call.equals("thin " + stream)).count() < 2;
        }

        public boolean isProven(String stream) {
            calls.add("verify " + stream);
            return !stream.equals("altered");
        }

        public void thin(String stream) {
            if (stream.equals("failing")) {
                throw new SyncException(LandingErrorCode.CHAIN_BROKEN);
            }
            calls.add("thin " + stream);
        }
    }

    @Test
    void eachStreamIsThinnedAsFarAsItVerifiesWhateverBecomesOfTheOthers() throws Exception {
        thinning.streams = List.of("old", "young", "altered", "failing", "last");
        try (Warehouse warehouse = TestWarehouse.create()) {
            run(warehouse.dataSource());
        }
        assertThat(thinning.calls).containsExactly("verify old", "thin old", "thin old", "verify altered",
                "verify failing", "verify last", "thin last", "thin last");
        assertThat(told.list).extracting(ILoggingEvent::getMessage).contains("housekeeping_done", "job_failed");
    }

    /** Has files whose time is over, and leases of companies: of the second somebody else has it. */
    public static final class FakeFiles {

        private final List<String> calls = new ArrayList<>();
        private List<Long> companies = List.of();

        public List<Long> companies() {
            return companies;
        }

        public void remove(long company) {
            calls.add("remove " + company);
            if (company == 1) {
                throw new SyncException(LandingErrorCode.CHAIN_BROKEN);
            }
        }

        public void takeLease(Exchange exchange) {
            long company = Variables.companyId(exchange);
            calls.add("take " + company);
            if (company != 2) {
                exchange.setVariable(Variables.ARCHIVE_RUN, company);
            }
        }

        public void releaseLease(Exchange exchange) {
            if (exchange.removeVariable(Variables.ARCHIVE_RUN) != null) {
                calls.add("release " + Variables.companyId(exchange));
            }
        }
    }

    @Test
    void filesOfACompanyAreRemovedUnderItsLeaseWhateverBecomesOfTheOthers() throws Exception {
        files.companies = List.of(1L, 2L, 3L);
        try (Warehouse warehouse = TestWarehouse.create()) {
            run(warehouse.dataSource());
        }
        assertThat(files.calls).containsExactly("take 1", "remove 1", "release 1", "take 2", "take 3", "remove 3",
                "release 3");
        assertThat(told.list).extracting(ILoggingEvent::getMessage).contains("housekeeping_done", "job_failed");
    }

    private static List<RouteText> routes() {
        return Stream.of("policies/job-failure", "jobs/housekeeping").map(path -> path.split("/"))
                .flatMap(path -> FILES.in(path[0]).stream().filter(file -> file.id().equals(path[1]))).toList();
    }

    /** A database that refuses every connection, until it is back. */
    private static final class Away extends AbstractDataSource {

        private final String sqlState;
        private Optional<DataSource> back = Optional.empty();

        private Away(String sqlState) {
            this.sqlState = sqlState;
        }

        @Override
        public java.sql.Connection getConnection() throws SQLException {
            return back.orElseThrow(() -> new SQLException("connection refused", sqlState)).getConnection();
        }

        @Override
        public java.sql.Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }
}

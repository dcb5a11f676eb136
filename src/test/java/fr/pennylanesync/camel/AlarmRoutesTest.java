package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.alarm.AlarmCondition;
import fr.pennylanesync.alarm.Alarms;
import fr.pennylanesync.alarm.ListeningServer;
import fr.pennylanesync.alarm.WebhookHttp;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Runs the job's own files, as two nodes over one real warehouse, against a webhook of this machine. */
class AlarmRoutesTest {

    private static final RouteSnapshot FILES = RouteSnapshot.read(Path.of("routes"));
    private static final Set<String> ROUTES = Set.of("job-failure", "caller-decides", "check-alarms", "send-alarm");
    /** As Azure's are: what is lost or escaped anew makes the signature wrong. */
    private static final String SECRET = "/workflows/0a1b/triggers/manual?sp=%2Ftriggers%2Frun&sv=1.0&sig=q-_%2B%3D";
    private static final JsonMapper JSON = new JsonMapper();

    private static Warehouse warehouse;
    private static ListeningServer webhook;
    private static Node first;
    private static Node second;
    private static final List<Warning> WARNINGS = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        warehouse = TestWarehouse.create();
        webhook = new ListeningServer();
        first = new Node("first");
        second = new Node("second");
    }

    @AfterAll
    static void stop() throws IOException {
        first.close();
        second.close();
        webhook.close();
        warehouse.close();
    }

    @BeforeEach
    void allIsWell() {
        WARNINGS.clear();
        first.here.clear();
        second.here.clear();
        warehouse.jdbc().sql("truncate pennylane_sync.alarm, pennylane_sync.alarm_sighting, pennylane_sync.company,"
                + " pennylane_sync.stream_state, pennylane_sync.quarantine, pennylane_sync.audit cascade").update();
        webhook.forget();
        told.start();
        logger().setLevel(Level.INFO);
        logger().addAppender(told);
    }

    @AfterEach
    void listenNoMore() {
        logger().setLevel(null);
        logger().detachAppender(told);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("fr.pennylanesync");
    }

    /** One process with its own Camel. */
    private static final class Node implements AutoCloseable {

        private final DefaultCamelContext context = new DefaultCamelContext();
        private final List<AlarmCondition> here = new CopyOnWriteArrayList<>();
        private final ProducerTemplate caller;

        private Node(String name) throws Exception {
            Alarms alarms = new Alarms(warehouse.jdbc(), new Alarms.AlarmSources(name, () -> List.copyOf(here),
                    () -> List.copyOf(WARNINGS), condition -> !condition.part().equals("off"), Duration.ofMinutes(55)));
            context.getRegistry().bind("warehouse", warehouse.dataSource());
            context.getRegistry().bind("alarms", new AlarmSteps(alarms, () -> true));
            context.getRegistry().bind("webhook", new WebhookSteps(Optional.of(webhook.url(SECRET).toString())));
            context.getRegistry().bind("webhookHttp",
                    (HttpClientConfigurer) WebhookHttp::configure);
            JobFailures failures = new JobFailures(new Outages());
            context.getRegistry().bind("jobFailures", failures);
            context.getRegistry().bind("quietRedelivery", new QuietRedelivery());
            context.addRoutePolicyFactory(failures);
            context.getCamelContextExtension().addInterceptStrategy(new ForeignFailures());
            CamelContexts.load(context, routes());
            AdviceWith.adviceWith(context, "check-alarms", job -> job.replaceFromWith("direct:tick"));
            context.start();
            caller = context.createProducerTemplate();
        }

        private static List<RouteText> routes() {
            return Stream.of("policies", "steps", "jobs").flatMap(folder -> FILES.in(folder).stream())
                    .filter(file -> ROUTES.contains(file.id())).toList();
        }

        private void tick() {
            assertThat(caller.send("direct:tick", tick -> {}).getException()).isNull();
        }

        /** Comes as if the other node's turn were long past, and every pause over. */
        private void tickLater() {
            warehouse.jdbc().sql("update pennylane_sync.alarm_round set begun_at = '-infinity'").update();
            warehouse.jdbc().sql("update pennylane_sync.alarm set next_attempt_at = now()").update();
            tick();
        }

        @Override
        public void close() throws IOException {
            context.close();
        }
    }

    private static Warning refused(long company) {
        return Warning.of(WarningCode.COMPANY_REFUSED, "company " + company + " (dupont) TOKEN_REFUSED",
                Optional.of(Instant.parse("2026-01-02T03:04:05Z")), Warning.Concern.of(company, "TOKEN_REFUSED"));
    }

    private static List<String> heard() {
        return webhook.heard().stream().map(heard -> read(heard.body()))
                .map(json -> json.path("event").asText() + " " + json.path("code").asText() + " "
                        + json.path("count").asLong())
                .toList();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private List<String> events() {
        return told.list.stream().map(ILoggingEvent::getMessage).toList();
    }

    @Test
    void startAndEndAreToldOnceEachWhicheverNodeLooks() {
        WARNINGS.add(refused(12));
        first.tickLater();
        second.tickLater();
        first.tickLater();
        assertThat(heard()).containsExactly("started COMPANY_REFUSED 1");

        WARNINGS.clear();
        second.tickLater();
        first.tickLater();
        second.tickLater();
        assertThat(heard()).containsExactly("started COMPANY_REFUSED 1", "ended COMPANY_REFUSED 1");
        assertThat(events()).containsExactly("alarm_started", "alarm_ended");
        assertThat(webhook.heard()).allSatisfy(heard -> {
            assertThat(heard.target()).as("the address, letter by letter").isEqualTo(SECRET);
            assertThat(heard.contentType()).startsWith("application/json");
            assertThat(heard.body()).doesNotContain("dupont");
        });
    }

    @Test
    void nodesThatLookAtTheSameMomentTellItOnce() {
        for (int company = 1; company <= 20; company++) {
            WARNINGS.add(refused(company));
            warehouse.jdbc().sql("update pennylane_sync.alarm_round set begun_at = '-infinity'").update();
            CompletableFuture.allOf(CompletableFuture.runAsync(first::tick), CompletableFuture.runAsync(second::tick))
                    .join();
        }
        first.tick();

        assertThat(heard()).hasSizeGreaterThan(1).allMatch(each -> each.startsWith("started COMPANY_REFUSED"));
        assertThat(webhook.heard().stream().flatMap(heard -> ids(read(heard.body())))).hasSize(20)
                .doesNotHaveDuplicates();
    }

    private static Stream<Long> ids(JsonNode message) {
        return message.path("alarms").findValues("id").stream().map(JsonNode::asLong);
    }

    @Test
    void aWebhookThatIsAwayIsToldLaterAndNothingIsLost() {
        WARNINGS.add(refused(12));
        for (int status : new int[] {500, 404, 302}) {
            webhook.answersWith(status);
            first.tickLater();
            second.tickLater();
        }
        WARNINGS.clear();
        first.tickLater();
        assertThat(heard()).isEmpty();
        assertThat(events()).containsOnlyOnce("alarm_started", "alarm_ended").contains("alarms_not_told");
        assertThat(events()).filteredOn("alarms_not_told"::equals).as("once for each node").hasSizeLessThanOrEqualTo(2);

        webhook.answersWith(202);
        first.tickLater();
        assertThat(heard()).containsExactly("started COMPANY_REFUSED 1", "ended COMPANY_REFUSED 1");
        assertThat(events()).contains("alarms_told_again");
        assertThat(told.list).noneMatch(event -> event.toString().contains("workflows")
                || String.valueOf(event.getKeyValuePairs()).contains("workflows"));
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutItsAddress() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("webhook", new WebhookSteps(Optional.of(nobody())));
            context.getRegistry().bind("webhookHttp",
                    (HttpClientConfigurer) WebhookHttp::configure);
            context.getRegistry().bind("warehouse", warehouse.dataSource());
            context.getRegistry().bind("alarms", new AlarmSteps(new Alarms(warehouse.jdbc(), new Alarms.AlarmSources(
                    "third", List::of, () -> List.copyOf(WARNINGS), condition -> !condition.part().equals("off"),
                    Duration.ofMinutes(55))), () -> true));
            context.getRegistry().bind("jobFailures", new JobFailures(new Outages()));
            context.getRegistry().bind("quietRedelivery", new QuietRedelivery());
            CamelContexts.load(context, Node.routes());
            AdviceWith.adviceWith(context, "check-alarms", job -> job.replaceFromWith("direct:tick"));
            context.start();
            WARNINGS.add(refused(12));
            warehouse.jdbc().sql("update pennylane_sync.alarm_round set begun_at = '-infinity'").update();

            context.createProducerTemplate().send("direct:tick", tick -> {});
        }
        assertThat(told.list).filteredOn(event -> event.getMessage().equals("alarms_not_told")).singleElement()
                .satisfies(event -> assertThat(event.getKeyValuePairs()).asString().contains("WEBHOOK_AWAY")
                        .doesNotContain("nobody-secret"));
    }

    /** An address at which nothing listens. */
    private static String nobody() {
        try (ListeningServer gone = new ListeningServer()) {
            return gone.url("/nobody-secret").toString();
        }
    }

    @Test
    void theStatementsOfTheJobAreConditions() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at)
                values (1, 'dupont', '', '', '{}', '', '', now(), now())""").update();
        warehouse.jdbc().sql("insert into pennylane_sync.stream_state (company_id, stream, state, history_noted_at)"
                + " values (1, 'customers', 'GAP', now() - interval '1 hour'), (1, 'products', 'LIVE', now()),"
                + " (2, 'customers', 'GAP', now())").update();
        warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason)"
                + " select 1, 'suppliers', 'RECORD', n, 'FORBIDDEN' from generate_series(1, 20) n union all"
                + " select 1, 'products', 'RECORD', n, 'FORBIDDEN' from generate_series(1, 3) n").update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.audit (kind, company_id, stream, outcome, source_rows, warehouse_rows, note)
                values ('fec', 1, 'ledger_entry_lines', 'EQUAL', 1, 1, ''),
                    ('fec', 1, 'ledger_entry_lines', 'FAILED', 0, 0, 'SHARE_REFUSED for table x'),
                    ('share', 1, 'customers', 'FAILED', 0, 0, 'SHARE_REFUSED'),
                    ('share', 1, 'customers', 'EQUAL', 1, 1, '')""").update();
        insertPaused();
        first.tickLater();

        assertThat(heard()).containsExactlyInAnyOrder("started GAP 1", "started QUARANTINE_GROWS 1",
                "started AUDIT_FAILED 1");
        assertThat(webhook.heard().stream().map(ListeningServer.Heard::body))
                .anyMatch(body -> body.contains("fec came to no result: SHARE_REFUSED\""))
                .anyMatch(body -> body.contains("within a day: 20"));

        warehouse.jdbc().sql("truncate pennylane_sync.stream_state, pennylane_sync.quarantine, pennylane_sync.audit"
                + " cascade").update();
        first.tickLater();
        assertThat(heard()).hasSize(6);
    }

    /** Nobody reads it, so that nothing of it would ever end. */
    private static void insertPaused() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at, paused_by)
                values (3, 'martin', '', '', '{}', '', '', now(), now(), 'TOKEN_REMOVED')""").update();
        warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason)"
                + " select 3, 'suppliers', 'RECORD', n, 'FORBIDDEN' from generate_series(1, 20) n").update();
        warehouse.jdbc().sql("""
                insert into pennylane_sync.audit (kind, company_id, stream, outcome, source_rows, warehouse_rows, note)
                values ('fec', 3, 'ledger_entry_lines', 'FAILED', 0, 0, 'TOKEN_REFUSED')""").update();
    }

    @Test
    void whatOneNodeAloneSeesIsAnAlarmWhicheverHasTheTurn() {
        second.here.add(AlarmCondition.of("ARCHIVE_AWAY", "UNAVAILABLE, the archive does not answer", "check it"));
        first.here.add(AlarmCondition.of("ARCHIVE_AWAY", "UNAVAILABLE, the archive does not answer", "check it"));
        second.tick();
        first.tickLater();
        second.here.clear();
        second.tickLater();
        assertThat(heard()).containsExactly("started ARCHIVE_AWAY 1");

        first.here.clear();
        first.tickLater();
        assertThat(heard()).containsExactly("started ARCHIVE_AWAY 1", "ended ARCHIVE_AWAY 1");
    }

    @Test
    void whatIsAsItShouldBeInAYoungInstallationIsNoAlarm() {
        WARNINGS.add(Warning.of(WarningCode.HISTORY_UNFINISHED, "company 1 (dupont)", Optional.of(Instant.EPOCH)));
        WARNINGS.add(Warning.of(WarningCode.NO_COMPANY, "", Optional.empty()));
        WARNINGS.add(Warning.of(WarningCode.NOTHING_READ, "company 2 (martin)", Optional.of(Instant.now()),
                Warning.Concern.of(2, "")));
        first.tickLater();
        assertThat(heard()).isEmpty();

        WARNINGS.add(Warning.of(WarningCode.NOTHING_READ, "company 3 (durand)",
                Optional.of(Instant.now().minusSeconds(7_200)), Warning.Concern.of(3, "")));
        first.tickLater();
        assertThat(heard()).containsExactly("started NOTHING_READ 1");
    }
}

package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.Canaries;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.tracing.OtlpServer;
import fr.pennylanesync.tracing.OtlpServer.ReceivedSpan;
import fr.pennylanesync.tracing.SpanField;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the spans that a server receives against what a sync and an archive run did. */
class TracesTest {

    private static final Canaries PLANTED =
            new Canaries("Zzcanaryname", "zzcanarylabel", "zzcanary@oiseau.example", "FR7612345678909876543210123");
    private static final Set<String> STREAMS = Set.of("customers", "customer_invoices");
    private static final Set<String> FACTS =
            Arrays.stream(SpanField.values()).map(SpanField::attribute).collect(Collectors.toSet());

    @TempDir
    Path directory;

    @Test
    void aTraceLeadsFromTheCompanyToItsBatchesAndFilesAndTellsNamesOfOursAndCounts() throws IOException {
        FaultPlan faults = FaultPlan.of(FaultRule.withProbability(FaultKind.INTERNAL_ERROR, 0.3).onPath("/customers"));
        try (OtlpServer server = new OtlpServer();
                Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(30)
                        .withRateLimit(RateLimit.OFF).withCanaries(PLANTED).withFaults(faults));
                Warehouse warehouse = TestWarehouse.ready()) {
            try (TestRun run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED,
                    Map.of("archive.directory", directory.toString(), "tracing.endpoint",
                            server.endpoint().toString()))) {
                run.sync(run.catalog.roots().stream().filter(stream -> STREAMS.contains(stream.name())).toList());
                run.archive();
            }
            List<ReceivedSpan> spans = server.spans();
            assertWhole(spans, sandbox.companies().get(0).id(), sandbox.companies().get(0).alias());
            assertCounted(spans, warehouse);
            assertThat(server.text()).doesNotContainIgnoringCase("canary", "oiseau", "FR7612345678", "http", "token",
                    ".pdf", "bearer");
        }
    }

    private static void assertWhole(List<ReceivedSpan> spans, long company, String alias) {
        Map<String, ReceivedSpan> byId =
                spans.stream().collect(Collectors.toMap(ReceivedSpan::id, Function.identity()));
        assertThat(spans).allSatisfy(span -> {
            assertThat(FACTS).containsAll(span.facts().keySet());
            assertThat(span.facts()).containsEntry("pennylane_sync.company", Long.toString(company))
                    .containsEntry("pennylane_sync.alias", alias);
            assertThat(byId.containsKey(span.parent())).as(span.name())
                    .isEqualTo(!Set.of("sync-company", "archive-company").contains(span.name()));
            if (!span.parent().isEmpty()) {
                assertThat(byId.get(span.parent()).trace()).isEqualTo(span.trace());
            }
        });
        assertThat(spans).filteredOn(span -> span.name().equals("land-batch")).isNotEmpty().allSatisfy(span -> {
            assertThat(wholes(span, byId)).isEqualTo("next-batch run-pass sync-stream sync-company");
            assertThat(span.facts()).containsKey("pennylane_sync.stream");
        });
    }

    /** Returns the names of what a span is a part of, a child stream's way through its parent's left out. */
    private static String wholes(ReceivedSpan span, Map<String, ReceivedSpan> byId) {
        StringBuilder names = new StringBuilder();
        for (ReceivedSpan up = byId.get(span.parent()); up != null; up = byId.get(up.parent())) {
            if (names.indexOf(up.name()) < 0) {
                names.append(names.isEmpty() ? "" : " ").append(up.name());
            }
        }
        return names.toString();
    }

    private static void assertCounted(List<ReceivedSpan> spans, Warehouse warehouse) {
        // Sub-lists that come with their parents land in the parents' batch, and have one of their own beside it.
        assertThat(named(spans, "land-batch").stream().filter(span -> span.facts().containsKey("pennylane_sync.batch"))
                .map(span -> fact(span, "batch") + " of " + fact(span, "stream") + ": " + fact(span, "records"))
                .filter(batch -> !batch.startsWith("0 "))).hasSizeGreaterThan(STREAMS.size())
                .isSubsetOf(warehouse.jdbc()
                        .sql("select id || ' of ' || stream || ': ' || record_count from pennylane_sync.batch")
                        .query(String.class).list());
        assertThat(named(spans, "read-page")).anySatisfy(span -> assertThat(span.facts())
                .containsKey("pennylane_sync.items"));
        assertThat(named(spans, "read-page")).extracting(ReceivedSpan::failure).contains("SERVER_ERROR");
        assertThat(named(spans, "archive-file").stream()
                .filter(span -> "true".equals(span.facts().get("pennylane_sync.archived"))).count())
                .isPositive()
                .isEqualTo(number(warehouse, "select count(*) from pennylane_sync.file where state = 'ARCHIVED'"));
    }

    private static List<ReceivedSpan> named(List<ReceivedSpan> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    private static String fact(ReceivedSpan span, String name) {
        return span.facts().get("pennylane_sync." + name);
    }

    private static long number(Warehouse warehouse, String sql) {
        return warehouse.jdbc().sql(sql).query(Long.class).single();
    }
}

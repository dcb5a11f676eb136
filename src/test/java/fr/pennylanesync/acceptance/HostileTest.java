package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.archive.parser.HostileFiles;
import fr.pennylanesync.runtime.WarehouseTruth;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.TruthRecord;
import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole process with {@code -Xmx512m} gets hostile answers and files: all other lists, companies and files are here
 * within a minute, and what was hostile is read once it is not any more.
 */
@Tag("minutes")
class HostileTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration START_MAX = Duration.ofMinutes(2);
    private static final List<StreamDefinition> STREAMS = StreamCatalog.load(Path.of("routes"), Map.of()).all().stream()
            .filter(StreamDefinition::enabled).toList();
    /** Lists that anybody may read, and that no other list waits for. */
    private static final List<String> LISTS = List.of("/customers", "/products", "/suppliers", "/journals",
            "/bank_accounts", "/categories", "/fiscal_years", "/ledger_accounts", "/sepa_mandates",
            "/gocardless_mandates", "/billing_subscriptions", "/purchase_requests", "/category_groups",
            "/customer_invoice_templates", "/quotes", "/commercial_documents");

    @TempDir
    Path home;

    @Test
    void whatWouldExhaustTheHeapKeepsNothingElseFromLanding() throws Exception {
        survives(List.of(HostileAnswer.ENDLESS_HEADER_LINE, HostileAnswer.EMPTY_ARRAYS, HostileAnswer.GZIP_BOMB,
                HostileAnswer.DEEP_NESTING), 256, 50, 0);
    }

    @Test
    void everyHostileAnswerAndFileKeepsNothingElseFromLanding() throws Exception {
        survives(List.of(HostileAnswer.values()), 2048, 100, 1_000_000);
    }

    private void survives(List<HostileAnswer> answers, int megabytes, int commentMegabytes, int objects)
            throws Exception {
        SandboxOptions options = SandboxOptions.defaults().withCompanies(2).withRecords(40)
                .withRateLimit(RateLimit.OFF);
        Settings.Database database = TestWarehouse.readyDatabase();
        try (Sandbox sandbox = Sandbox.start(options);
                Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            SandboxCompany victim = sandbox.companies().get(0);
            Set<Long> suspects = hostileFiles(sandbox, sandbox.companies().get(1).id(), megabytes, commentMegabytes,
                    objects);
            Map<String, HostileAnswer> hostile = new HashMap<>();
            answers.forEach(answer -> hostile.put(LISTS.get(hostile.size()), answer));
            try (HostileGate gate = new HostileGate(sandbox, victim.token(), hostile)) {
                Process process = ProcessInstallation.of(home, sandbox).into(database).withServerMachine()
                        .withOptions(List.of("-XX:+ExitOnOutOfMemoryError")).with("pennylane.base-url", gate.base())
                        .with("sync.interval", "10s").with("console.port", "0").start("run");
                try {
                    await().atMost(START_MAX).untilAsserted(() -> assertThat(answers).as(errors())
                            .anyMatch(answer -> gate.given(answer) > 0));
                    await().atMost(WITHIN).pollInterval(Duration.ofMillis(500))
                            .untilAsserted(() -> {
                                assertThat(process.isAlive()).as(errors()).isTrue();
                                assertOthersAreHere(sandbox, warehouse, victim, hostile.keySet(), suspects);
                            });
                    assertThat(answers).allSatisfy(answer -> assertThat(gate.given(answer)).isPositive());
                    assertSuspect(warehouse, suspects);
                    gate.heal();
                    await().atMost(WITHIN.multipliedBy(3)).pollInterval(Duration.ofMillis(500)).untilAsserted(
                            () -> assertThat(WarehouseTruth.differences(sandbox, warehouse, STREAMS)).isEmpty());
                    assertThat(process.isAlive()).as(errors()).isTrue();
                } finally {
                    process.destroyForcibly().waitFor();
                }
            }
        }
    }

    private String errors() throws IOException {
        return Files.readString(home.resolve("outputs/1.err"));
    }

    private static void assertOthersAreHere(Sandbox sandbox, Warehouse warehouse, SandboxCompany victim,
            Set<String> hostile, Set<Long> suspects) {
        List<StreamDefinition> spared = STREAMS.stream()
                .filter(stream -> !hostile.contains("/" + stream.parent().orElse(stream.name()))).toList();
        for (SandboxCompany company : sandbox.companies()) {
            assertThat(WarehouseTruth.differences(sandbox, warehouse, company.id(),
                    company.id() == victim.id() ? spared : STREAMS)).isEmpty();
        }
        assertThat(warehouse.jdbc().sql("""
                select company_id || ' ' || stream || ' ' || record_id || ' ' || field || ' '
                || coalesce(error_code, '') from pennylane_sync.file
                where state <> 'ARCHIVED' and record_id not in (:suspects)""").param("suspects", suspects)
                .query(String.class).list()).isEmpty();
    }

    private static void assertSuspect(Warehouse warehouse, Set<Long> suspects) {
        await().atMost(WITHIN).untilAsserted(() -> assertThat(warehouse.jdbc().sql("""
                select distinct record_id from pennylane_sync.file
                where state <> 'ARCHIVED' and error_code = 'SUSPECT'""")
                .query(Long.class).list()).containsExactlyInAnyOrderElementsOf(suspects));
    }

    /**
     * Lets files of supplier invoices be hostile.
     *
     * @return the invoices
     */
    private Set<Long> hostileFiles(Sandbox sandbox, long company, int megabytes, int commentMegabytes, int objects)
            throws IOException {
        List<JsonNode> invoices = sandbox.truth().records(company, "supplier_invoices")
                .<JsonNode>map(TruthRecord::json).filter(invoice -> invoice.path("public_file_url").isTextual())
                .toList();
        List<Path> files = new ArrayList<>(List.of(
                HostileFiles.crossReferences(home.resolve("references.pdf"), megabytes),
                HostileFiles.objectStream(home.resolve("objects.pdf"), megabytes)));
        if (objects > 0) {
            files.add(HostileFiles.emptyObjects(home.resolve("empty.pdf"), objects));
        }
        Set<Long> suspects = new HashSet<>();
        for (int i = 0; i < files.size(); i++) {
            long id = invoices.get(i).path("id").longValue();
            sandbox.replace(FileKind.SUPPLIER_INVOICE, company, id, files.get(i));
            suspects.add(id);
        }
        long electronic = sandbox.truth().records(company, "supplier_invoices").map(TruthRecord::json)
                .filter(invoice -> invoice.at("/e_invoicing/source_file_url").isTextual()).findFirst().orElseThrow()
                .path("id").longValue();
        sandbox.replace(FileKind.SUPPLIER_SOURCE, company, electronic,
                HostileFiles.comment(home.resolve("comment.xml"), commentMegabytes));
        suspects.add(electronic);
        return suspects;
    }
}

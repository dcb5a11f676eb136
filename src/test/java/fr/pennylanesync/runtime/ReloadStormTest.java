package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Edits at random, good and bad, while the books change and syncs run. {@code -Dreload.minutes=10} for longer. */
@Tag("minutes")
class ReloadStormTest {

    private static final double MINUTES = Double.parseDouble(System.getProperty("reload.minutes", "0.35"));
    private static final long SEED = Long.getLong("reload.seed", 1);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final List<String> STREAMS = List.of("streams/customers.camel.yaml", "streams/products.camel.yaml",
            "streams/journals.camel.yaml", "streams/ledger_entries.camel.yaml", "streams/quotes.camel.yaml",
            "streams/transactions.camel.yaml");
    private static final List<String> SHARED =
            List.of("steps/next-batch.camel.yaml", "steps/run-pass.camel.yaml", "steps/read-page.camel.yaml",
                    "steps/sync-stream.camel.yaml", "steps/archive-batch.camel.yaml",
                    "policies/stream-failure.camel.yaml",
                    "jobs/archive-files.camel.yaml");
    /** The route's own; a stream file may have columns of that name before it. */
    private static final String DESCRIPTION = "(?m)(^    description: )";
    private static final List<String> DELETABLE = List.of("streams/fiscal_years.camel.yaml",
            "streams/purchase_requests.camel.yaml", "streams/customers_contacts.camel.yaml");

    private final Random random = new Random(SEED);
    private int good;
    private int bad;
    private int edits;

    @Test
    void noSyncIsLostEveryRefusalIsToldAndTheWarehouseEqualsTheTruth() {
        SandboxOptions options =
                SandboxOptions.defaults().withCompanies(2).withRecords(40).withRateLimit(RateLimit.OFF).withSeed(SEED);
        try (LiveRoutes live =
                new LiveRoutes(options, LiveRoutes.copy(), Map.of("sync.interval", INTERVAL.toSeconds() + "s"))) {
            Instant began = Instant.now();
            Instant end = began.plusMillis((long) (MINUTES * 60_000));
            while (Instant.now().isBefore(end)) {
                live.sandbox.mutate(random, 1 + random.nextInt(3));
                edit(live);
            }
            live.restore();
            assertNoSyncIsLost(live, began);
            assertThat(live.refusals()).isGreaterThanOrEqualTo(bad);
            System.out.printf("reload storm: %d edits, %d taken over, %d refused; %d loads, %d refusals, %d syncs%n",
                    edits, good, bad, live.loads(),
                    live.refusals(), syncs(live));
            live.stopJobs();
            try (SyncRuntime last = live.again()) {
                LiveRoutes.syncOnce(last);
                assertThat(last.progress().all()).extracting(Progress.StreamSync::outcome)
                        .containsOnly(Progress.StreamOutcome.COMPLETE);
                assertThat(live.differences(live.streams())).isEmpty();
            }
        }
    }

    private void edit(LiveRoutes live) {
        edits++;
        switch (random.nextInt(8)) {
            case 0, 1 -> taken(live, any(STREAMS),
                    text -> text.replaceFirst(DESCRIPTION, "$1Edit " + edits + ", "));
            case 2 -> taken(live, any(SHARED.subList(0, 5)),
                    text -> text.replaceFirst(DESCRIPTION, "$1Edit " + edits + ", "));
            case 3 -> taken(live, any(STREAMS.subList(0, 3)), text -> text.replaceFirst("columns:\n",
                    "columns:\n          e" + edits + ": jsonb from e" + edits + "\n"));
            case 4 -> refused(live, any(STREAMS), text -> text.substring(0, text.length() / 2));
            case 5 -> refused(live, any(SHARED), text -> text.replaceFirst("routeConfiguration", "routeKonfiguration"));
            case 6 -> halfWritten(live);
            default -> deletedOrRenamed(live);
        }
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private void taken(LiveRoutes live, String name, java.util.function.UnaryOperator<String> change) {
        good++;
        live.loads(() -> live.edit(name, change));
    }

    private void refused(LiveRoutes live, String name, java.util.function.UnaryOperator<String> change) {
        bad++;
        assertThat(live.refuses(name, change.apply(live.read(name))))
                .anySatisfy(fault -> assertThat(fault).contains(name));
    }

    /** An editor that takes several writes and leaves its own files about. */
    private void halfWritten(LiveRoutes live) {
        good++;
        String name = any(STREAMS);
        String whole = live.read(name).replaceFirst(DESCRIPTION, "$1Slowly " + edits + ", ");
        live.loads(() -> {
            live.write(name + "~", live.read(name));
            live.write("streams/4913", "");
            for (int part = 1; part <= 20; part++) {
                live.write(name, whole.substring(0, whole.length() * part / 20));
            }
        });
    }

    private void deletedOrRenamed(LiveRoutes live) {
        String name = any(DELETABLE);
        String text = live.read(name);
        if (random.nextBoolean()) {
            bad++;
            assertThat(live.refuses(name.replace(".camel.yaml", "_renamed.camel.yaml"), text))
                    .anySatisfy(fault -> assertThat(fault).contains("_renamed"));
            return;
        }
        good += 2;
        live.loads(() -> live.delete(name));
        live.loads(() -> live.write(name, text));
    }

    /**
     * Every sync begins with a question for the company; none may be late by more than one interval and the longest
     * sync.
     */
    private static void assertNoSyncIsLost(LiveRoutes live, Instant began) {
        for (SandboxCompany company : live.sandbox.companies()) {
            Instant before = began;
            for (var request : live.sandbox.requests().of(company.id())) {
                if (request.path().endsWith("/me")) {
                    assertThat(Duration.between(before, request.at())).isLessThan(INTERVAL.multipliedBy(3));
                    before = request.at();
                }
            }
            assertThat(Duration.between(before, Instant.now())).isLessThan(INTERVAL.multipliedBy(3));
        }
        assertThat(live.warehouse.jdbc()
                .sql("select stream || ' ' || error_code from pennylane_sync.stream_state where error_code is not null")
                .query(String.class).list()).isEmpty();
    }

    private static long syncs(LiveRoutes live) {
        return live.sandbox.requests().all().stream().filter(request -> request.path().endsWith("/me")).count();
    }
}

package fr.pennylanesync.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.verification.Verification.VerificationResult;
import fr.pennylanesync.warehouse.SharedSnapshot;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes on beside a verification is no difference, and what has grown large is verified in good time. */
class VerificationTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void aCompanyThatIsAddedMeanwhileIsNoDifference() {
        Verification verification =
                new Verification(warehouse, new StreamStates(warehouse.jdbc()), CATALOG);
        CompletableFuture<VerificationResult> verifying = warehouse.transaction(() -> {
            warehouse.jdbc().sql("lock table pennylane_sync.file_chain in access exclusive mode").update();
            CompletableFuture<VerificationResult> begun = CompletableFuture.supplyAsync(verification::verify);
            await().pollInterval(Duration.ofMillis(10)).until(() -> warehouse.jdbc()
                    .sql("select exists (select 1 from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database())")
                    .query(Boolean.class).single());
            add(7);
            warehouse.jdbc().sql("insert into pennylane_sync.file_chain values (7, 'quotes', 1, '')").update();
            return begun;
        });
        assertThat(verifying.join().differences()).noneMatch(VerificationTest::isOfTheAdded);
        assertThat(unverified()).noneMatch(VerificationTest::isOfTheAdded);
        warehouse.jdbc().sql("delete from pennylane_sync.company where id = 7").update();
        assertThat(unverified()).anyMatch(VerificationTest::isOfTheAdded);
    }

    private static List<String> unverified() {
        return new UnverifiedRows(warehouse.jdbc()).find(List.of("quotes")).kept();
    }

    private static boolean isOfTheAdded(String difference) {
        return difference.contains("rows of company 7,");
    }

    private static void add(long company) {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at) values (?, ?, '', '', '{}', '', '', now(), now())""")
                .params(company, "c" + company).update();
    }

    /** One look at the later entries for each entry would take many minutes of these. */
    @Test
    @Timeout(60)
    void theChainOfFilesIsVerifiedInTheTimeOfOnePass() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.file_entry (company_id, stream, number, parent_id, record_id, field, sha256,
                    entry_hash, chain_hash)
                select 1, 'quotes', n, 0, n, 'public_file_url', sha256(n::text::bytea), sha256(''), sha256('')
                from generate_series(1, 30000) n""").update();
        Differences differences = new Differences("files");
        SharedSnapshot.open(warehouse, snapshot -> {
            new FileVerification(snapshot, 1, "quotes", differences).verify();
            return null;
        });
        assertThat(differences.count()).as("each row is gone, no link holds, and neither does the end")
                .isEqualTo(60_001);
    }
}

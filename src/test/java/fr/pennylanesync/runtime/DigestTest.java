package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.digest.DigestErrorCode;
import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.digest.Digests;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The ledger is anchored outside the database, and what no hash inside it can show is found by that. */
class DigestTest {

    private static final Set<String> READ = Set.of("customers", "journals", "ledger_entry_lines");

    @TempDir
    Path copies;
    private Sandbox sandbox;
    private Warehouse warehouse;
    private TestRun run;
    private long company;

    @BeforeEach
    void sync() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20)
                .withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.create();
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of("digest.directory", copies.toString(),
                "archive.directory", copies.resolve("archive").toString()));
        company = sandbox.companies().get(0).id();
        run.sync(streams());
    }

    @AfterEach
    void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    private List<StreamDefinition> streams() {
        return run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList();
    }

    @Test
    void eachSyncThatLandedIsAnchoredOnceAndWhatIsTrueIsVerifiedInSilence() throws IOException {
        assertThat(run.runtime.anchorIfDue()).isEmpty();
        assertThat(run.runtime.anchorIfDue()).isEmpty();
        assertThat(sequences()).containsExactly(1L);
        assertThat(Files.readString(copy(1))).isEqualTo(new String(archive().read(key(1))));

        sandbox.mutate(company, new Random(3), "change_amounts");
        run.sync(streams());
        assertThat(run.runtime.anchor()).isEmpty();

        assertThat(sequences()).containsExactly(1L, 2L);
        assertThat(latest().differences()).isEmpty();
        DigestVerificationResult all = verification(Optional.empty()).all(archive());
        assertThat(all.differences()).isEmpty();
        assertThat(all.documents()).isEqualTo(2);
        assertThat(all.heads()).isGreaterThanOrEqualTo(4);
        assertThat(all.trusted()).isTrue();
        assertThat(AnchorStatus.read(warehouse.jdbc()).warning(Instant.now())).isEmpty();
        assertThat(AnchorStatus.read(warehouse.jdbc()).warning(Instant.now().plus(Duration.ofHours(3))))
                .hasValueSatisfying(late -> assertThat(late.code()).isEqualTo(WarningCode.DIGEST_STALE.name()));
    }

    @Test
    void aDocumentThatIsGoneOrExchangedIsNamed() {
        run.runtime.anchor();
        run.runtime.anchor();
        run.runtime.anchor();
        byte[] first = archive().read(key(1));
        delete(key(1));
        assertThat(verification(Optional.empty()).all(archive()).differences()).containsExactly(
                "DIGEST_MISSING digest 1");

        put(key(1), new String(first).replace("\"rows\":", "\"rows\":1"));
        assertThat(verification(Optional.empty()).all(archive()).differences()).containsExactly(
                "DIGEST_SIGNATURE digest 1 is no signed digest document");

        put(key(1), new String(archive().read(key(2))));
        assertThat(verification(Optional.empty()).all(archive()).differences()).contains(
                "DIGEST_MISSING digest 1 does not follow the one before it");

        delete(key(3));
        assertThat(latest().differences()).containsExactly("DIGEST_MISSING digest 3");
        delete(key(1));
        delete(key(2));
        assertThat(latest().differences()).contains("DIGEST_MISSING digest 1", "DIGEST_MISSING digest 2");
    }

    @Test
    void aDocumentOfAnotherKeyIsRefused() throws IOException {
        run.runtime.anchor();
        Path own = Files.writeString(copies.resolve("own.pem"), Digests.publicKey(run.settings).pem());
        assertThat(verification(Optional.of(own)).latest(archive()).differences()).isEmpty();

        Path tokens = run.settings.pennylane().tokens().directory();
        Files.move(tokens.resolve("digest.key"), tokens.resolve("old.key"));
        assertThat(latest().trusted()).isFalse();
        Path other = Files.writeString(copies.resolve("other.pem"), Digests.publicKey(run.settings).pem());

        assertThat(verification(Optional.of(other)).latest(archive()).differences()).containsExactly(
                "DIGEST_SIGNATURE digest 1 was not signed by the key");
        assertThat(verification(Optional.of(own)).file(copy(1)).differences()).isEmpty();
        Path none = Files.writeString(copies.resolve("none.pem"), "no key");
        assertThatThrownBy(() -> verification(Optional.of(none))).isInstanceOfSatisfying(SyncException.class,
                refused -> assertThat(refused.is(DigestErrorCode.DIGEST_KEY_UNUSABLE)).isTrue());
    }

    @Test
    void aDocumentThatWasNotStoredIsStoredBeforeTheNextIsMade() {
        Digests digests = new Digests(run.settings, warehouse, this::archive);
        String made = digests.make().orElseThrow().content();
        sandbox.mutate(company, new Random(3), "change_amounts");
        run.sync(streams());

        assertThat(digests.isDue()).isTrue();
        assertThat(digests.newest()).isEmpty();
        assertThat(run.runtime.anchor()).isEmpty();

        assertThat(new String(archive().read(key(1)))).isEqualTo(made);
        assertThat(digests.isDue()).isTrue();
    }

    @Test
    void aWarehouseThatWasRestoredGoesOnBehindTheDocumentsThatItDoesNotKnow() {
        run.runtime.anchor();
        run.runtime.anchor();
        warehouse.jdbc().sql("delete from pennylane_sync.digest where sequence = 2").update();

        assertThat(run.runtime.anchor()).isEmpty();

        assertThat(sequences()).containsExactly(1L, 2L, 3L);
        assertThat(verification(Optional.empty()).all(archive()).differences()).isEmpty();
    }

    @Test
    void whatNoHashInTheDatabaseShowsIsFound() {
        run.runtime.anchor();
        edit("delete from pennylane_sync.batch where stream = 'journals'");
        edit("update pennylane_sync.stream_state set chain_head = null where stream = 'journals'");
        assertThat(latest().differences()).anyMatch(
                found -> found.startsWith("STREAM_VANISHED company " + company + " journals:"));

        edit("update pennylane_sync.batch set chain_hash = sha256(chain_hash) where stream = 'customers'");
        assertThat(latest().differences())
                .anyMatch(found -> found.startsWith("CHAIN_REWRITTEN company " + company + " customers: batch "));

        edit("update pennylane_sync.batch set number = 1000 where stream = 'customers'"
                + " and number = (select max(number) from pennylane_sync.batch where stream = 'customers')");
        assertThat(latest().differences())
                .anyMatch(found -> found.startsWith("CHAIN_CUT company " + company + " customers: batch "));

        edit("delete from pennylane.customers where id = (select min(id) from pennylane.customers)");
        assertThat(latest().differences())
                .anyMatch(found -> found.startsWith("CHAIN_CUT company " + company + " customers: rows are "));

        edit("update pennylane_sync.warehouse set id = gen_random_uuid()");
        assertThat(latest().differences()).anyMatch(found -> found.startsWith("DIGEST_MISSING there is no digest"));
        assertThat(verification(Optional.empty()).file(copyAny()).differences())
                .anyMatch(found -> found.startsWith("DIGEST_SIGNATURE"));
    }

    private void edit(String sql) {
        assertThat(warehouse.jdbc().sql(sql).update()).isPositive();
    }

    private S3Archive archive() {
        return run.runtime.archive().bucket();
    }

    private DigestVerificationResult latest() {
        return verification(Optional.empty()).latest(archive());
    }

    private DigestVerification verification(Optional<Path> keys) {
        return new DigestVerification(run.settings, warehouse.jdbc(), keys, List.of(), List.of());
    }

    private List<Long> sequences() {
        return warehouse.jdbc().sql("select sequence from pennylane_sync.digest order by 1").query(Long.class).list();
    }

    private String id() {
        return warehouse.jdbc().sql("select id::text from pennylane_sync.warehouse").query(String.class).single();
    }

    private String key(long sequence) {
        return "digests/" + id() + "/" + "%012d.json".formatted(sequence);
    }

    private Path copy(long sequence) {
        return copies.resolve(id()).resolve("%012d.json".formatted(sequence));
    }

    private Path copyAny() {
        try (Stream<Path> files = Files.walk(copies)) {
            return files.filter(file -> file.toString().endsWith("1.json")
                    && !file.startsWith(copies.resolve("archive"))).findFirst().orElseThrow();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void delete(String key) {
        archive().client().deleteObject(request -> request.bucket(EmbeddedS3.BUCKET).key(key));
    }

    private void put(String key, String content) {
        archive().client().putObject(request -> request.bucket(EmbeddedS3.BUCKET).key(key),
                RequestBody.fromString(content));
    }
}

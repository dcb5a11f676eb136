package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.camel.DigestSteps;
import fr.pennylanesync.digest.DigestErrorCode;
import fr.pennylanesync.digest.DigestUpload;
import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.digest.Digests;
import fr.pennylanesync.digest.TestTimeStampServer;
import fr.pennylanesync.digest.TestTimeStampServer.Habit;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CapturedEvents;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.core.sync.RequestBody;

/** The ledger is anchored outside the database, and what no hash inside it can show is found by that. */
class AnchorTest {

    private static final Set<String> READ = Set.of("customers", "journals", "ledger_entry_lines");

    @TempDir
    static Path copies;
    private static Sandbox sandbox;
    private static Warehouse warehouse;
    private static TestRun run;
    private static TestTimeStampServer tsa;
    private static long company;

    @BeforeAll
    static void sync() throws Exception {
        tsa = TestTimeStampServer.start();
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(20)
                .withRateLimit(RateLimit.OFF));
        warehouse = TestWarehouse.ready();
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, Map.of("digest.directory", copies.toString(),
                "digest.tsa-url", tsa.url().toString(), "archive.directory", copies.resolve("archive").toString()));
        company = sandbox.companies().get(0).id();
        run.sync(streams());
        assertThat(run.runtime.anchorIfDue()).isEmpty();
    }

    @AfterAll
    static void close() {
        run.close();
        warehouse.close();
        sandbox.close();
        tsa.close();
    }

    private static List<StreamDefinition> streams() {
        return run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList();
    }

    @Test
    void eachSyncThatLandedIsAnchoredOnceAndWhatIsTrueIsVerifiedInSilence() throws IOException {
        sandbox.mutate(company, new Random(3), "change_amounts");
        run.sync(streams());
        long before = newest();
        assertThat(run.runtime.anchorIfDue()).isEmpty();
        assertThat(newest()).isEqualTo(before + 1);
        assertThat(Files.readString(copy(before + 1))).isEqualTo(new String(archive().read(key(before + 1))));

        assertThat(latest().differences()).isEmpty();
        DigestVerificationResult all = verification(Optional.empty()).all(archive());
        assertThat(all.differences()).isEmpty();
        assertThat(all.documents()).isEqualTo(before + 1);
        assertThat(all.heads()).isGreaterThanOrEqualTo(4);
        assertThat(all.trusted()).isTrue();
        assertThat(AnchorStatus.read(warehouse.jdbc()).warning(Instant.now())).isEmpty();
        assertThat(AnchorStatus.read(warehouse.jdbc()).warning(Instant.now().plus(Duration.ofHours(3))))
                .hasValueSatisfying(late -> assertThat(late.code()).isEqualTo(WarningCode.DIGEST_STALE.name()));
    }

    @Test
    void whatLandsAndIsAnchoredAfterAVerificationHasBegunIsNoDifference() {
        DigestVerification begun = verification(Optional.empty());
        sandbox.mutate(company, new Random(4), "change_amounts");
        run.sync(streams());
        assertThat(run.runtime.anchor()).isEmpty();
        assertThat(begun.latest(archive()).differences()).isEmpty();
    }

    @Test
    void aDocumentInWhichNoStreamMovedCostsNoStatementForEachOfItsStreams() {
        assertThat(run.runtime.anchor()).isEmpty();
        long before = statementsOfAll();
        assertThat(run.runtime.anchor()).isEmpty();
        assertThat(run.runtime.anchor()).isEmpty();
        assertThat(statementsOfAll() - before).as("whether each is time-stamped").isEqualTo(2);
    }

    private static long statementsOfAll() {
        AtomicLong statements = new AtomicLong();
        JdbcClient counting = (JdbcClient) Proxy.newProxyInstance(JdbcClient.class.getClassLoader(),
                new Class<?>[] {JdbcClient.class}, (proxy, method, arguments) -> {
                    statements.incrementAndGet();
                    return method.invoke(warehouse.jdbc(), arguments);
                });
        DigestVerification verification =
                new DigestVerification(run.settings, counting, Optional.empty(), List.of(), List.of());
        assertThat(verification.all(archive()).differences()).isEmpty();
        return statements.get();
    }

    /** A document holds all companies: after each sync of each they would grow with the square of their number. */
    @Test
    void aLargeDocumentIsFollowedLaterThanASmallOne() {
        Digests digests = new Digests(run.settings, warehouse, AnchorTest::archive);
        new TransactionTemplate(warehouse.transactionManager()).executeWithoutResult(edited -> {
            edited.setRollbackOnly();
            warehouse.jdbc().sql("update pennylane_sync.digest set stored_at = now()").update();
            insert("repeat('x', 2000000)", 60);
            insert("''", 30);
            assertThat(digests.isDue()).as("a small one").isTrue();
            warehouse.jdbc().sql("delete from pennylane_sync.digest where content = ''").update();
            assertThat(digests.isDue()).as("a sync ended, and the document is large").isFalse();
            warehouse.jdbc().sql("delete from pennylane_sync.digest where length(content) = 2000000").update();
            insert("repeat('x', 2000000)", 960);
            assertThat(digests.isDue()).as("the time has gone by").isTrue();
        });
    }

    private static void insert(String content, int secondsAgo) {
        warehouse.jdbc().sql("insert into pennylane_sync.digest (sequence, created_at, document_hash, root, content,"
                + " stored_at, next_by) select max(sequence) + 1, now() - make_interval(secs => ?), '', '', " + content
                + ", now(), now() from pennylane_sync.digest").param(secondsAgo).update();
        warehouse.jdbc().sql("update pennylane_sync.company_run set ended_at = now()").update();
        warehouse.jdbc().sql("update pennylane_sync.batch set landed_at = now()"
                + " where id = (select max(id) from pennylane_sync.batch)").update();
    }

    @Test
    void aDocumentThatIsGoneOrExchangedIsNamed() {
        run.runtime.anchor();
        run.runtime.anchor();
        long last = newest();
        long lost = last - 1;
        String stored = new String(archive().read(key(lost)));
        String newest = new String(archive().read(key(last)));

        delete(key(lost));
        assertThat(verification(Optional.empty()).all(archive()).differences())
                .containsExactly("DIGEST_MISSING digest " + lost);

        put(key(lost), stored.replace("\"rows\":", "\"rows\":1"));
        assertThat(verification(Optional.empty()).all(archive()).differences())
                .containsExactly("DIGEST_SIGNATURE digest " + lost + " is no signed digest document");

        put(key(lost), newest);
        assertThat(verification(Optional.empty()).all(archive()).differences())
                .contains("DIGEST_MISSING digest " + lost + " does not follow the one before it");

        put(key(lost), stored);
        delete(key(last));
        assertThat(latest().differences()).containsExactly("DIGEST_MISSING digest " + last);
        put(key(last), newest);
        assertThat(verification(Optional.empty()).all(archive()).differences()).isEmpty();
    }

    @Test
    void eachDocumentIsTimeStampedAndAStampThatIsGoneOrExchangedIsNamed() throws IOException {
        run.runtime.anchor();
        run.runtime.anchor();
        long last = newest();
        byte[] stamp = archive().read(stampKey(last));
        assertThat(Files.readAllBytes(copy(last).resolveSibling("%012d.tsr".formatted(last)))).isEqualTo(stamp);
        assertThat(latest().differences()).isEmpty();

        put(stampKey(last), archive().read(stampKey(last - 1)));
        assertThat(latest().differences()).containsExactly("TIME_STAMP_INVALID the time stamp of digest " + last
                + " is none of it");
        byte[] forged = stamp.clone();
        forged[forged.length - 5] ^= 1;
        put(stampKey(last), forged);
        assertThat(latest().differences()).hasSize(1).first().asString().startsWith("TIME_STAMP_INVALID");
        delete(stampKey(last));
        assertThat(latest().differences()).containsExactly("DIGEST_MISSING the time stamp of digest " + last);
        put(stampKey(last), stamp);
        assertThat(verification(Optional.empty()).all(archive()).differences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Habit.class, names = "STAMPS", mode = EnumSource.Mode.EXCLUDE)
    void aServerOfTimeStampsThatIsAwayOrLiesHoldsNoDocumentUp(Habit habit) {
        tsa.does(habit);
        try (CapturedEvents events = CapturedEvents.of(DigestSteps.class)) {
            assertThat(run.runtime.anchor()).isEmpty();
            assertThat(events.lines()).anyMatch(line -> line.startsWith("digest_not_stamped code=TIME_STAMP_"
                    + (habit == Habit.IS_AWAY ? "UNAVAILABLE" : "INVALID")));
        } finally {
            tsa.does(Habit.STAMPS);
        }
        long bare = newest();
        assertThat(archive().keys("digests/", "")).doesNotContain(stampKey(bare));
        assertThat(latest().differences()).as("a document may have none").isEmpty();

        assertThat(run.runtime.anchor()).isEmpty();
        assertThat(archive().keys("digests/", "")).contains(stampKey(bare + 1));
    }

    @Test
    void aDocumentOfAnotherKeyIsRefused() throws IOException {
        Path own = Files.writeString(copies.resolve("own.pem"), Digests.publicKey(run.settings).pem());
        assertThat(verification(Optional.of(own)).latest(archive()).differences()).isEmpty();

        Path key = run.settings.pennylane().tokens().directory().resolve("digest.key");
        Path kept = Files.move(key, key.resolveSibling("kept.key"));
        assertThat(latest().trusted()).isFalse();
        Path other = Files.writeString(copies.resolve("other.pem"), Digests.publicKey(run.settings).pem());
        Files.move(kept, key, StandardCopyOption.REPLACE_EXISTING);

        assertThat(verification(Optional.of(other)).file(copy(1)).differences())
                .containsExactly("DIGEST_SIGNATURE digest " + copy(1).getFileName() + " was not signed by the key");
        assertThat(verification(Optional.of(own)).file(copy(1)).differences()).isEmpty();
        Path none = Files.writeString(copies.resolve("none.pem"), "no key");
        assertThatThrownBy(() -> verification(Optional.of(none))).isInstanceOfSatisfying(SyncException.class,
                refused -> assertThat(refused.is(DigestErrorCode.DIGEST_KEY_UNUSABLE)).isTrue());
    }

    @Test
    void aDocumentThatWasNotStoredIsStoredBeforeTheNextIsMade() {
        Digests digests = new Digests(run.settings, warehouse, AnchorTest::archive);
        DigestUpload made = digests.make().orElseThrow();
        assertThat(digests.isDue()).isTrue();

        assertThat(run.runtime.anchor()).isEmpty();

        assertThat(newest()).isEqualTo(made.sequence());
        assertThat(new String(archive().read(key(made.sequence())))).isEqualTo(new String(made.body()));
    }

    @Test
    void aWarehouseThatWasRestoredGoesOnBehindTheDocumentsThatItDoesNotKnow() {
        run.runtime.anchor();
        run.runtime.anchor();
        long known = newest();
        warehouse.jdbc().sql("delete from pennylane_sync.digest where sequence = ?").param(known).update();

        assertThat(run.runtime.anchor()).isEmpty();

        assertThat(newest()).isEqualTo(known + 1);
        assertThat(verification(Optional.empty()).all(archive()).differences()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "delete from pennylane_sync.batch where stream = 'journals' | STREAM_VANISHED company {} journals:",
            "delete from pennylane_sync.company | STREAM_VANISHED company {} customers:",
            "update pennylane_sync.batch set chain_hash = sha256(chain_hash) where stream = 'customers'"
                    + " | CHAIN_REWRITTEN company {} customers: batch ",
            "update pennylane_sync.batch set number = number + 1000 where stream = 'customers'"
                    + " | CHAIN_CUT company {} customers: batch ",
            "delete from pennylane.customers where id = (select min(id) from pennylane.customers)"
                    + " | CHAIN_CUT company {} customers: rows are ",
            "update pennylane_sync.warehouse set id = gen_random_uuid() | DIGEST_MISSING "})
    void whatNoHashInTheDatabaseShowsIsFound(String sql, String named) {
        List<String> found = new TransactionTemplate(warehouse.transactionManager()).execute(edited -> {
            edited.setRollbackOnly();
            assertThat(warehouse.jdbc().sql(sql).update()).isPositive();
            return latest().differences();
        });
        assertThat(found).anyMatch(difference -> difference.startsWith(named.replace("{}", Long.toString(company))));
    }

    private static S3Archive archive() {
        return run.runtime.archive().bucket();
    }

    private DigestVerificationResult latest() {
        return verification(Optional.empty()).latest(archive());
    }

    private DigestVerification verification(Optional<Path> keys) {
        return new DigestVerification(run.settings, warehouse.jdbc(), keys, List.of(), List.of());
    }

    private static long newest() {
        return warehouse.jdbc().sql("select max(sequence) from pennylane_sync.digest where stored_at is not null")
                .query(Long.class).single();
    }

    private String id() {
        return warehouse.jdbc().sql("select id::text from pennylane_sync.warehouse").query(String.class).single();
    }

    private String key(long sequence) {
        return "digests/" + id() + "/" + "%012d.json".formatted(sequence);
    }

    private String stampKey(long sequence) {
        return key(sequence).replace(".json", ".tsr");
    }

    private Path copy(long sequence) {
        return copies.resolve(id()).resolve("%012d.json".formatted(sequence));
    }

    private void delete(String key) {
        archive().client().deleteObject(request -> request.bucket(EmbeddedS3.BUCKET).key(key));
    }

    private void put(String key, String content) {
        put(key, content.getBytes());
    }

    private void put(String key, byte[] content) {
        archive().client().putObject(request -> request.bucket(EmbeddedS3.BUCKET).key(key),
                RequestBody.fromBytes(content));
    }
}

package fr.pennylanesync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.archive.download.DownloadCode;
import fr.pennylanesync.archive.download.DownloadOutcome;
import fr.pennylanesync.archive.s3.ObjectKey;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Unread;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.Landing;
import fr.pennylanesync.landing.Landings;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.personal.PrivacyRules;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamOptions;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the landing that notes a file to the outcome that ends its waiting, in a real PostgreSQL. */
class PendingFilesTest {

    private static final long COMPANY = TestFiles.COMPANY;
    private static final String STREAM = "supplier_invoices";

    private final ManualClock clock = new ManualClock();
    private Warehouse warehouse;
    private StreamDefinition invoices;
    private PendingFiles files;
    private long position;

    @BeforeEach
    void open() {
        warehouse = TestWarehouse.create();
        invoices = StreamCatalog.load(Path.of("routes"), Map.of()).find(STREAM).orElseThrow();
        new StreamTables(warehouse.jdbc()).ensure(invoices);
        files = new PendingFiles(warehouse.jdbc(), clock);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aLandedBatchNotesEachFieldThatHeldAUrlAndNeverTheUrl() {
        land(invoice(1, "a", "\"https://x/1?encrypted_id=1\""), invoice(2, "a", "null"),
                "{\"id\":3,\"public_file_url\":\"https://x/3\",\"filename\":\"F\\u0000.pdf\","
                        + "\"e_invoicing\":{\"source_file_url\":\"https://x/4\"}}");
        assertThat(due())
                .extracting(file -> file.key().recordId() + " " + file.key().field() + " " + file.name().orElse("-"))
                .containsExactly("3 e_invoicing.source_file_url -", "3 public_file_url F\0.pdf",
                        "1 public_file_url f.pdf");
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.file f where f::text like '%://%'")
                .query(Long.class).single())
                .isZero();
    }

    @Test
    void anArchivedFileWaitsAgainOnlyWhenItsRecordChanged() {
        land(invoice(1, "a", "\"https://x/1\""));
        PendingFile first = due().get(0);
        assertThat(archive(first, "one")).isEqualTo(FileResult.ARCHIVED);
        assertThat(due()).isEmpty();

        land(invoice(1, "a", "\"https://x/2\""));
        assertThat(due()).isEmpty();
        land(invoice(1, "b", "\"https://x/3\""));
        assertThat(due()).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(archive(due().get(0), "one")).as("same content").isEqualTo(FileResult.UNCHANGED);
        land(invoice(1, "c", "\"https://x/3\""));
        assertThat(archive(due().get(0), "two")).as("another content").isEqualTo(FileResult.ARCHIVED);
        assertThat(warehouse.jdbc().sql("select state from pennylane_sync.file").query(String.class).list())
                .containsExactly("ARCHIVED", "ARCHIVED");
        assertThat(files.isArchived(FileKey.Content.parse(first.key().withContent(Sha256.of("one".getBytes())))))
                .isTrue();
        assertThat(files.isArchived(FileKey.Content.parse(first.key().withContent(Sha256.of("three".getBytes())))))
                .isFalse();
    }

    @Test
    void aChangeDuringTheDownloadIsNotForgotten() {
        land(invoice(1, "a", "\"https://x/1\""));
        PendingFile downloading = due().get(0);
        land(invoice(1, "b", "\"https://x/1\""));
        archive(downloading, "one");
        assertThat(due()).hasSize(1);
        files.setBack(downloading, FailedAttempt.NO_URL);
        assertThat(due()).singleElement().matches(file -> file.attempts() == 0);
    }

    /** What is left out stays where it is, and comes once the limit is gone. A file that is here is kept up to date. */
    @Test
    void theNewestDocumentsComeFirstAndThoseBeforeTheLimitAreLeftOutUntilItGoes() {
        land(dated(1, "a", "2023-05-01"), dated(2, "a", "2026-05-01"), dated(3, "a", "2025-05-01"),
                invoice(4, "a", "\"https://x/4\""));
        assertThat(due()).extracting(file -> file.key().recordId()).containsExactly(2L, 3L, 1L, 4L);
        archive(due().get(2), "one");
        introduced();
        limit(Optional.of(LocalDate.of(2025, 6, 1)));
        assertThat(due()).extracting(file -> file.key().recordId()).containsExactly(2L, 4L);
        land(dated(1, "b", "2023-05-01"), dated(5, "a", "2022-01-01"));
        assertThat(due()).extracting(file -> file.key().recordId()).containsExactly(2L, 1L, 4L);
        assertThat(files.counts(COMPANY).get(STREAM).leftOut()).isEqualTo(2);
        assertThat(files.counts(COMPANY).get(STREAM).pending()).isEqualTo(3);
        limit(Optional.empty());
        assertThat(due()).extracting(file -> file.key().recordId()).containsExactly(2L, 3L, 1L, 5L, 4L);
    }

    @Test
    void aFileThatRetentionRemovedIsNotFetchedAgainUnlessItsRecordGotALaterDate() {
        land(dated(1, "a", "2026-05-01"));
        FileKey key = due().get(0).key();
        archive(due().get(0), "one");
        String object = warehouse.jdbc().sql("select object_key from pennylane_sync.file").query(String.class).single();
        new RemovedFiles(warehouse.jdbc()).note(object, STREAM, key.field(), clock.instant());
        land(dated(1, "b", "2026-12-31"));
        assertThat(due()).isEmpty();
        introduced();
        limit(Optional.of(LocalDate.of(2025, 6, 1)));
        limit(Optional.empty());
        assertThat(due()).as("the setting is another").isEmpty();
        land(dated(1, "c", "2027-01-01"));
        assertThat(archive(due().get(0), "one")).isEqualTo(FileResult.ARCHIVED);
        assertThat(warehouse.jdbc().sql("select removed_at is null from pennylane_sync.file").query(Boolean.class)
                .list()).containsExactly(true);
    }

    private void introduced() {
        new StreamStates(warehouse.jdbc()).introduce(COMPANY, STREAM);
    }

    private void limit(Optional<LocalDate> since) {
        Map<String, LocalDate> dates = new HashMap<>();
        since.ifPresent(date -> dates.put(STREAM, date));
        invoices =
                StreamCatalog.load(Path.of("routes"), new StreamOptions(Map.of(), PrivacyRules.NONE, dates, Map.of()))
                        .find(STREAM).orElseThrow();
        new DueList(warehouse.jdbc()).limit(COMPANY, List.of(invoices));
    }

    private static String dated(long id, String label, String date) {
        return ("{\"id\":%d,\"label\":\"%s\",\"date\":\"%s\",\"filename\":\"f.pdf\","
                + "\"public_file_url\":\"https://x/%1$d\"}")
                .formatted(id, label, date);
    }

    @Test
    void damageIsTriedAgainAtOnceThenLaterThenSetAsideUntilSomebodyRetries() {
        land(invoice(1, "a", "\"https://x/1\""), invoice(2, "a", "\"https://x/2\""));
        FailedAttempt damaged = FailedAttempt.of(new DownloadOutcome.Damaged(DownloadCode.HTML_PAGE));
        FileKey key = due().get(0).key();
        for (int attempt = 1; attempt <= 8; attempt++) {
            assertThat(quarantine()).isEmpty();
            FileResult result = files
                    .setBack(due().stream().filter(file -> file.key().equals(key)).findFirst().orElseThrow(), damaged);
            assertThat(result).isEqualTo(attempt < 8 ? FileResult.SET_BACK : FileResult.SET_ASIDE);
            assertThat(due().get(0).key().recordId()).as("the untried go first").isEqualTo(1);
            assertThat(due()).as("at once, or later").hasSize(attempt < 4 ? 2 : 1);
            clock.advance(attempt < 4 ? Duration.ZERO : Duration.ofHours(2));
        }
        assertThat(due()).hasSize(1);
        assertThat(quarantine()).containsExactly("HTML_PAGE");
        assertThat(files.counts(COMPANY)).containsEntry(STREAM, new FileCounts(1, 0, 0, 0, 1, 0));

        long entry = warehouse.jdbc().sql("select id from pennylane_sync.quarantine").query(Long.class).single();
        assertThat(files.retry(entry + 1)).as("no such entry").isFalse();
        assertThat(files.retry(entry)).isTrue();
        assertThat(quarantine()).as("until the file is there").containsExactly("HTML_PAGE");
        PendingFile retried = due().stream().filter(file -> file.key().equals(key)).findFirst().orElseThrow();
        assertThat(retried.attempts()).isZero();
        archive(retried, "one");
        assertThat(quarantine()).isEmpty();
        assertThat(files.retry(entry)).as("resolved").isFalse();
    }

    @Test
    void anAbsentSourceIsWaitedForEverLonger() {
        land(invoice(1, "a", "\"https://x/1\""));
        FailedAttempt away = FailedAttempt.of(new DownloadOutcome.DownloadUnavailable(DownloadCode.NO_CONNECTION));
        for (int attempt = 0; attempt < 3; attempt++) {
            files.setBack(due().get(0), away);
        }
        Duration waited = Duration.ZERO;
        for (int attempt = 0; attempt < 10; attempt++) {
            files.setBack(due().get(0), away);
            assertThat(files.counts(COMPANY)).containsEntry(STREAM, new FileCounts(1, 1, 0, 0, 0, 0));
            assertThat(due()).isEmpty();
            assertThat(files.dueStreams(COMPANY)).isEmpty();
            for (Duration wait = Duration.ofMinutes(1); due().isEmpty(); wait = wait.multipliedBy(2)) {
                clock.advance(wait);
                waited = waited.plus(wait);
            }
        }
        assertThat(waited).isGreaterThan(Duration.ofHours(12));
        assertThat(files.dueStreams(COMPANY)).containsExactly(STREAM);
    }

    @Test
    void aRecordWithoutAFileIsAskedAFewTimesAndLeft() {
        land(invoice(1, "a", "\"https://x/1\""));
        for (int attempt = 0; attempt < 4; attempt++) {
            files.setBack(due().get(0), FailedAttempt.NO_URL);
            clock.advance(Duration.ofHours(7));
        }
        assertThat(due()).isEmpty();
        assertThat(files.counts(COMPANY)).containsEntry(STREAM, new FileCounts(0, 0, 0, 1, 0, 0));
        land(invoice(1, "b", "\"https://x/1\""));
        assertThat(due()).hasSize(1);
    }

    @Test
    void aFileThatWasGivenUpIsAskedForAgainWhenALaterReadingShowsItsUrl() {
        land(invoice(1, "a", "\"https://x/1\""));
        archive(due().get(0), "one");
        land(invoice(1, "b", "\"https://x/1\""));
        for (int attempt = 0; attempt < 4; attempt++) {
            files.setBack(due().get(0), FailedAttempt.NO_URL);
            clock.advance(Duration.ofHours(7));
        }
        land(invoice(1, "b", "\"https://x/1\""));
        assertThat(due()).as("noted just now").isEmpty();

        warehouse.jdbc().sql("update pennylane_sync.file set noted_at = now() - interval '2 hours'").update();
        land(invoice(1, "b", "\"https://x/1\""));
        assertThat(due()).singleElement().matches(file -> file.attempts() == 0);
    }

    /** One record that makes the server fail keeps no other's files from being fetched, and ends in the quarantine. */
    @Test
    void aRecordWhoseAnswerAlwaysFailsGoesBehindTheOthers() throws Exception {
        land(LongStream.rangeClosed(1, 12).mapToObj(id -> invoice(id, "a", "\"https://x/1\""))
                .toArray(String[]::new));
        FilePass pass = new FilePass(COMPANY, invoices, files, "");
        List<Long> fetched = new ArrayList<>();
        for (int questions = 0; pass.isUnfinished(); questions++) {
            assertThat(questions).isLessThan(100);
            answer(pass, fetched, ids -> ids.contains(7L), ids -> ids.size());
        }
        assertThat(fetched).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L, 10L, 11L, 12L);
        assertThat(warehouse.jdbc().sql("select record_id || ' ' || state || ' ' || error_code || ' ' || attempts"
                + " from pennylane_sync.file where state <> 'ARCHIVED'").query(String.class).list())
                .containsExactly("7 PENDING SERVER_ERROR 4");
        for (int run = 0; run < 4; run++) {
            clock.advance(Duration.ofHours(7));
            FilePass later = new FilePass(COMPANY, invoices, files, "");
            while (later.isUnfinished()) {
                answer(later, fetched, ids -> ids.contains(7L), ids -> ids.size());
            }
        }
        assertThat(quarantine()).containsExactly("SERVER_ERROR");
    }

    @Test
    void aServerThatAnswersNothingBlamesNoRecord() {
        land(invoice(1, "a", "\"https://x/1\""), invoice(2, "a", "\"https://x/2\""));
        FilePass pass = new FilePass(COMPANY, invoices, files, "");
        SyncException away = new SyncException(ApiErrorCode.SERVER_ERROR);
        assertThat(pass.isolates(away)).isTrue();
        pass.isolate(away);
        assertThat(ids(pass)).as("nothing is asked for").containsExactly(0L);
        assertThat(pass.isolates(away)).isFalse();
        assertThat(due()).allMatch(file -> file.attempts() == 0);
    }

    @Test
    void whatComesBehindAShortPageIsNotTakenForAbsent() throws Exception {
        land(LongStream.rangeClosed(1, 5).mapToObj(id -> invoice(id, "a", "\"https://x/1\""))
                .toArray(String[]::new));
        FilePass pass = new FilePass(COMPANY, invoices, files, "");
        List<Long> fetched = new ArrayList<>();
        while (pass.isUnfinished()) {
            answer(pass, fetched, ids -> false, ids -> Math.min(2, ids.size()));
        }
        assertThat(fetched).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
        assertThat(files.counts(COMPANY)).containsEntry(STREAM, new FileCounts(0, 0, 5, 0, 0, 0));
    }

    /** As the routes do it: a page that is refused is asked for again, and what fails is looked for. */
    private void answer(FilePass pass, List<Long> fetched, Predicate<List<Long>> fails,
            ToIntFunction<List<Long>> rows) throws Exception {
        List<Long> asked = ids(pass);
        if (fails.test(asked)) {
            SyncException failure = new SyncException(ApiErrorCode.SERVER_ERROR);
            assertThat(pass.isolates(failure)).isTrue();
            pass.isolate(failure);
            return;
        }
        List<ObjectNode> items = asked.stream().filter(id -> id > 0).sorted().limit(rows.applyAsInt(asked))
                .map(id -> (ObjectNode) StorableJson.read(invoice(id, "a", "\"https://x/1\""))).toList();
        boolean more = items.size() < asked.stream().filter(id -> id > 0).count();
        try {
            pass.offer(new Page(items, more, more ? Optional.of("next") : Optional.empty(), Map.of()));
        } catch (SyncException refused) {
            assertThat(refused.code()).isEqualTo(ApiErrorCode.SHORT_PAGE);
            return;
        }
        if (pass.isBatchReady()) {
            pass.withoutUrl().forEach(files::setBack);
            for (FileTask task : pass.tasks()) {
                fetched.add(task.pending().key().recordId());
                archive(task.pending(), "one");
            }
            pass.batchEnded();
        }
    }

    private static List<Long> ids(FilePass pass) {
        List<Long> ids = new ArrayList<>();
        pass.request().conditions().get(0).value().forEach(id -> ids.add(id.longValue()));
        return ids;
    }

    private List<PendingFile> due() {
        return files.due(COMPANY, STREAM, 100);
    }

    private FileResult archive(PendingFile file, String content) {
        ObjectKey key =
                new ObjectKey("", COMPANY, STREAM, 2026, file.key().recordId(), Sha256.of(content.getBytes()), "pdf");
        return warehouse
                .transaction(() -> files.archived(file, new Archived(key, content.length(), "application/pdf", true)));
    }

    private List<String> quarantine() {
        return warehouse.jdbc().sql("select reason from pennylane_sync.quarantine where resolved_at is null")
                .query(String.class).list();
    }

    private static String invoice(long id, String label, String url) {
        return "{\"id\":%d,\"label\":\"%s\",\"filename\":\"f.pdf\",\"public_file_url\":%s}".formatted(id, label, url);
    }

    private void land(String... records) {
        CheckpointStore checkpoints = new CheckpointStore(warehouse.jdbc());
        Checkpoint from = checkpoints.open(COMPANY, STREAM, PassKind.WALK, Unread.ALL, at -> at);
        Position next = new Unread(List.of(new IdRange(++position, null)));
        warehouse.transactionWithoutResult(() -> Landings.land(new Landing(warehouse.jdbc(), warehouse.rowCopy()),
                RecordBatch.page(invoices, from, new Advance.To(next),
                        Arrays.stream(records)
                                .map(text -> RecordMapper.map(invoices, 0, (ObjectNode) StorableJson.read(text)))
                                .toList(),
                        List.of(), 1),
                Dependents.NONE));
    }

    /** Moves when told to. */
    private static final class ManualClock extends Clock {

        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

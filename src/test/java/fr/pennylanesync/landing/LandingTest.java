package fr.pennylanesync.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Unread;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StorableText;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/** One batch, one transaction: what lands, what is kept, what is noted, and that twice is once. */
class LandingTest {

    private static final long COMPANY = 9_007_199_254_740_993L;

    private Warehouse warehouse;
    private StreamDefinition invoices;
    private StreamDefinition payments;
    private Landing landing;
    private CheckpointStore checkpoints;

    @BeforeEach
    void open() throws Exception {
        warehouse = TestWarehouse.create();
        StreamCatalog catalog = StreamCatalog.load(Path.of("routes"), Map.of());
        invoices = catalog.find("customer_invoices").orElseThrow();
        payments = catalog.find("customer_invoices_payments").orElseThrow();
        StreamTables tables = new StreamTables(warehouse.jdbc());
        tables.ensure(invoices);
        tables.ensure(payments);
        landing = new Landing(warehouse.jdbc(), warehouse.rowCopy());
        checkpoints = new CheckpointStore(warehouse.jdbc());
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    /** Rights may be lost bit by bit: each sweep of the list finds a few records gone. */
    @Test
    void sweepsOfOneWeekCountTogether() {
        warehouse.jdbc().sql("insert into pennylane.customer_invoices (company_id, id, payload, record_hash, source,"
                + " batch_id, first_seen_at, changed_at) select ?, n, '{}', 'hash', 'api', 1, now(), now()"
                + " from generate_series(1, 100) n").param(COMPANY)
                .update();
        Checkpoint sweep = checkpoints.open(COMPANY, invoices.name(), PassKind.SWEEP, Unread.ALL, position -> position);
        DeletionDecision guarded = new DeletionDecision(warehouse.jdbc(), invoices, new SweepGuard(false));
        List<Long> first = LongStream.rangeClosed(1, 15).boxed().toList();
        List<Long> second = LongStream.rangeClosed(16, 30).boxed().toList();
        assertThat(guarded.allows(sweep, first)).isTrue();
        assertThat(guarded.allows(sweep, second)).as("what came back does not count").isTrue();
        warehouse.jdbc().sql("update pennylane.customer_invoices set deleted_at = now() where id <= 15").update();
        assertThat(guarded.allows(sweep, second)).as("15 are gone by now").isFalse();
        assertThat(guarded.allows(sweep, List.of())).isTrue();
        assertThat(openQuarantine()).hasSize(1);
        assertThat(new DeletionDecision(warehouse.jdbc(), invoices, new SweepGuard(true)).allows(sweep, second))
                .isTrue();
        assertThat(guarded.allows(sweep, second)).as("what was confirmed does not count").isTrue();
    }

    @Test
    void typedColumnsAndPayloadHoldTheRecordExactly() {
        land(Unread.ALL,
                "{\"id\":9223372036854775807,\"label\":\"Faç\\u0000ade \\ud800\",\"amount\":\"1234567890123456789.10\","
                        + "\"date\":\"2026-02-28\",\"draft\":true,\"customer\":{\"id\":-1},\"created_at\":\"2026-02-"
                        + "28T10:11:12.123456Z\","
                        + "\"public_file_url\":\"https://x/y?encrypted_id=1\",\"unknown_field\":[1.50,{}]}");

        var row = warehouse.jdbc().sql("select * from pennylane.customer_invoices").query().singleRow();
        assertThat(row).containsEntry("company_id", COMPANY).containsEntry("id", Long.MAX_VALUE)
                .containsEntry("amount", new BigDecimal("1234567890123456789.10")).containsEntry("draft", true)
                .containsEntry("customer_id", -1L).containsEntry("source", "api").containsEntry("deleted_at", null);
        assertThat(StorableText.decode((String) row.get("label"))).isEqualTo("Faç\0ade \ud800");
        String payload = row.get("payload").toString();
        assertThat(payload).contains("1.50").doesNotContain("public_file_url").doesNotContain("encrypted_id");
        assertThat(RecordMapper.hash(StorableJson.read(payload)).bytes()).isEqualTo((byte[]) row.get("record_hash"));
    }

    @Test
    void aValueThatDoesNotFitLeavesItsColumnNullAndIsListedUntilItFits() {
        land(Unread.ALL, "{\"id\":1,\"amount\":\"douze\",\"date\":\"2026-02-30\",\"label\":\"x\"}");
        assertThat(
                warehouse.jdbc().sql("select amount, date, label from pennylane.customer_invoices").query().singleRow())
                .containsEntry("amount", null).containsEntry("date", null).containsEntry("label", "x");
        assertThat(openQuarantine()).containsExactly("amount", "date");

        land(new Unread(List.of(new IdRange(1, null))),
                "{\"id\":1,\"amount\":\"12\",\"date\":\"2026-02-30\",\"label\":\"x\"}");
        assertThat(openQuarantine()).containsExactly("date");
    }

    @Test
    void aBatchThatWasSetAsideIsOverOnceItLandsAndNoneIsOpenOnceAWholeListIsRead() {
        Quarantine quarantine = new Quarantine(warehouse.jdbc());
        Checkpoint first = new Checkpoint(COMPANY, invoices.name(), PassKind.WALK, 1, Unread.ALL);
        quarantine.batch(first, "READ_BACK_DIFFERS");
        quarantine.batch(first.at(new Position.AfterId(500)), "READ_BACK_DIFFERS");
        assertThat(openQuarantine()).hasSize(2);

        land(Unread.ALL, "{\"id\":1}");
        assertThat(openQuarantine()).containsExactly("walk after 500");

        Checkpoint sweep = checkpoints.open(COMPANY, invoices.name(), PassKind.SWEEP, Unread.ALL, position -> position);
        warehouse.transaction(() -> Landings.land(landing, RecordBatch.page(invoices, sweep,
                new Advance.To(new Position.Ended()), List.of(), List.of(), 1), Dependents.NONE));
        assertThat(openQuarantine()).isEmpty();
    }

    @Test
    void aPageOfAnotherCompanyIsRefusedAndOneWithTheSameIdsIsNot() {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at)
                values (?, 'acme', '', '', '{}', '', '', now(), now())""").param(COMPANY).update();
        land(Unread.ALL, "{\"id\":1,\"label\":\"theirs\"}", "{\"id\":2,\"label\":\"theirs\"}");

        assertThatThrownBy(() -> landFor(7, "{\"id\":1,\"label\":\"theirs\"}")).isInstanceOfSatisfying(
                SyncException.class,
                refused -> assertThat(refused.code()).isEqualTo(LandingErrorCode.RECORDS_OF_ANOTHER_COMPANY));
        assertThat(landFor(7, "{\"id\":2,\"label\":\"ours\"}").changedCount()).isEqualTo(1);
        assertThat(landFor(8, "{\"id\":1,\"label\":\"theirs\"}", "{\"id\":9,\"label\":\"ours\"}").changedCount())
                .as("a record that two companies have alike makes no page another's").isEqualTo(2);
    }

    private LandedBatch landFor(long company, String... records) {
        Checkpoint at = checkpoints.open(company, invoices.name(), PassKind.WALK, Unread.ALL, position -> position);
        return warehouse.transaction(() -> Landings.land(landing,
                RecordBatch.page(invoices, at, new Advance.To(new Position.Ended()),
                        Stream.of(records).map(record -> RecordMapper.map(invoices, 0, object(record))).toList(),
                        List.of(), 1),
                Dependents.NONE));
    }

    private List<String> openQuarantine() {
        return warehouse.jdbc()
                .sql("select subject from pennylane_sync.quarantine where resolved_at is null order by subject")
                .query(String.class).list();
    }

    @Test
    void unchangedRowsAreNotRewrittenAndReplacedOnesAreKept() {
        LandedBatch first = land(Unread.ALL, "{\"id\":1,\"label\":\"a\"}", "{\"id\":2,\"label\":\"b\"}");
        assertThat(first.changedCount()).isEqualTo(2);
        LandedBatch again = land(new Unread(List.of(new IdRange(2, null))), "{\"label\":\"a\",\"id\":1.0}",
                "{\"id\":2,\"label\":\"B\"}");

        assertThat(again.changedCount()).isEqualTo(1);
        assertThat(warehouse.jdbc().sql("select batch_id from pennylane.customer_invoices order by id")
                .query(Long.class).list())
                .containsExactly(first.id(), again.id());
        assertThat(warehouse.jdbc()
                .sql("select payload->>'label' from pennylane_sync.record_version where replaced_by_batch_id = ?")
                .param(again.id()).query(String.class).list()).containsExactly("b");
    }

    @Test
    void batchesAreChainedByTheirHashes() {
        LandedBatch first = land(Unread.ALL, "{\"id\":1}");
        LandedBatch second = land(new Unread(List.of(new IdRange(1, null))), "{\"id\":2}");
        Sha256 expected = BatchHash.begin(COMPANY, "customer_invoices", "walk")
                .add(0, 2, Sha256.of("{\"id\":2}".getBytes())).finish();
        assertThat(second.batchHash()).isEqualTo(expected);
        List<byte[]> chain = warehouse.jdbc().sql("select chain_hash from pennylane_sync.batch order by number")
                .query((row, n) -> row.getBytes(1)).list();
        List<Sha256> entries = warehouse.jdbc().sql("""
                select sha256(convert_to('2' || E'\\n' || company_id || E'\\n' || stream || E'\\n' || number || E'\\n'
                    || pass || E'\\n' || run || E'\\n' || batch_key || E'\\n' || coalesce(first_id::text, '') || E'\\n'
                    || coalesce(last_id::text, '') || E'\\n' || record_count || E'\\n' || changed_count || E'\\n'
                    || requests_used || E'\\n' || (extract(epoch from landed_at) * 1000000)::bigint || E'\\n'
                    || encode(batch_hash, 'hex') || E'\\n', 'UTF8'))
                from pennylane_sync.batch order by number""").query((row, n) -> Sha256.stored(row.getBytes(1))).list();
        assertThat(chain.get(0)).isEqualTo(Sha256.ZERO.chain(entries.get(0)).bytes());
        assertThat(chain.get(1)).isEqualTo(Sha256.stored(chain.get(0)).chain(entries.get(1)).bytes());
    }

    /** What is appended to a ledger that lost its end would hide the loss. */
    @Test
    void nothingIsAppendedToALedgerThatWasCutOrWhoseHeadWasMoved() {
        land(Unread.ALL, "{\"id\":1}");
        Unread next = new Unread(List.of(new IdRange(1, null)));
        land(next, "{\"id\":2}");
        for (String edit : List.of("delete from pennylane_sync.batch where number = 2",
                "update pennylane_sync.stream_state set chain_head = sha256(chain_head)",
                "update pennylane_sync.stream_state set chain_head = null")) {
            warehouse.jdbc().sql(edit).update();
            assertThatThrownBy(() -> land(new Unread(List.of(new IdRange(2, null))), "{\"id\":3}"))
                    .isInstanceOfSatisfying(SyncException.class,
                            failure -> assertThat(failure.is(LandingErrorCode.CHAIN_BROKEN)).isTrue());
        }
        assertThat(warehouse.jdbc().sql("select id from pennylane.customer_invoices order by id").query(Long.class)
                .list()).as("the evidence stands as it was found").containsExactly(1L, 2L);
    }

    @Test
    void aMovedCheckpointLandsNothing() {
        land(Unread.ALL, "{\"id\":1}");
        assertThatThrownBy(() -> land(new Unread(List.of(new IdRange(5, null))), "{\"id\":7}"))
                .isInstanceOf(SyncException.class);
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane.customer_invoices").query(Long.class).single())
                .isEqualTo(1);
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.batch").query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void changedParentsMakeTheirSubListsDueAndAWholeSubListDeletesWhatIsGone() {
        LandedBatch parents = land(Unread.ALL, "{\"id\":1}", "{\"id\":2}");
        DueList due = new DueList(warehouse.jdbc());
        assertThat(due.next(COMPANY, payments.name(), 0, 10)).containsExactly(Map.entry(1L, parents.id()),
                Map.entry(2L, parents.id()));

        landChildren(0, due.next(COMPANY, payments.name(), 0, 10), child(1, "{\"id\":7}"), child(1, "{\"id\":8}"),
                child(2, "{\"id\":7}"));
        assertThat(due.count(COMPANY, payments.name())).isZero();

        due.add(COMPANY, payments.name(), List.of(1L), parents.id());
        LandedBatch second = landChildren(1, Map.of(1L, parents.id()), child(1, "{\"id\":8}"));
        assertThat(second.deletedCount()).isEqualTo(1);
        assertThat(warehouse.jdbc()
                .sql("select customer_invoice_id from pennylane.customer_invoices_payments where id = 7 and"
                        + " deleted_at is null")
                .query(Long.class).list()).containsExactly(2L);
    }

    @Test
    void whatBecameDueAgainWhileItWasReadStaysDue() {
        LandedBatch parents = land(Unread.ALL, "{\"id\":1}");
        DueList due = new DueList(warehouse.jdbc());
        Map<Long, Long> taken = due.next(COMPANY, payments.name(), 0, 10);
        land(new Unread(List.of(new IdRange(1, null))), "{\"id\":1,\"label\":\"changed meanwhile\"}");
        landChildren(0, taken, child(1, "{\"id\":7}"));
        assertThat(due.next(COMPANY, payments.name(), 0, 10)).containsOnlyKeys(1L).doesNotContainValue(parents.id());
    }

    @Test
    void aColumnThatAStreamGainsIsFilledFromThePayloads() {
        land(Unread.ALL, "{\"id\":1,\"extra\":\"12.5\"}", "{\"id\":2,\"extra\":\"no number\"}");
        StreamDefinition more = new StreamDefinition(invoices.name(), "", invoices.path(), invoices.scope(),
                invoices.reading(), true, 100,
                invoices.parent(), invoices.include(), invoices.changelog(), Map.of(), Map.of(), Map.of(),
                invoices.recordDate(), true, invoices.files(),
                List.of(new fr.pennylanesync.stream.Column("extra", fr.pennylanesync.stream.ColumnType.NUMERIC,
                        List.of("extra"))),
                java.util.Optional.empty());
        new StreamTables(warehouse.jdbc()).ensure(more);
        assertThat(
                warehouse.jdbc().sql("select extra from pennylane.customer_invoices order by id").query().listOfRows())
                .extracting(row -> row.get("extra")).containsExactly(new BigDecimal("12.5"), null);
    }

    @Test
    void aRowThatSomebodyAlteredIsToldAndWrittenAgain() {
        List<String> altered = new ArrayList<>();
        landing = new Landing(warehouse.jdbc(), warehouse.rowCopy(), new LandingMeter() {
            @Override
            public void landed(long companyId, String stream, PassKind pass, int records) {}

            @Override
            public void mismatched() {}

            @Override
            public void altered(long companyId, String stream, int rows) {
                altered.add(companyId + " " + stream + " " + rows);
            }
        });
        String[] records = {"{\"id\":1,\"amount\":\"1.00\"}", "{\"id\":2,\"amount\":\"2.00\"}"};
        land(Unread.ALL, records);
        land(new Unread(List.of(new IdRange(2, null))), records[0], records[1], "{\"id\":3}");
        assertThat(altered).as("nobody altered anything").isEmpty();
        warehouse.jdbc().sql("update pennylane.customer_invoices set amount = 10 where id = 2").update();
        land(new Unread(List.of(new IdRange(3, null))), "{\"id\":1,\"amount\":\"1.01\"}", records[1],
                "{\"id\":3}");
        assertThat(altered).as("the first changed at its source").containsExactly(COMPANY + " customer_invoices 1");
        assertThat(warehouse.jdbc().sql("select amount from pennylane.customer_invoices where id = 2")
                .query(BigDecimal.class).single()).isEqualByComparingTo("2");
    }

    @Test
    void aFirstPageOfWhichTheTableDoesNotTakeOneRecordLandsWithoutIt() {
        warehouse.jdbc().sql("alter table pennylane.customer_invoices add constraint cents check (amount <> 7)")
                .update();
        Checkpoint at = checkpoints.open(COMPANY, invoices.name(), PassKind.WALK, Unread.ALL, position -> position);
        RecordBatch page = RecordBatch.page(invoices, at, new Advance.To(new Position.Ended()),
                LongStream.rangeClosed(1, 20).mapToObj(id -> RecordMapper.map(invoices, 0,
                        object("{\"id\":" + id + ",\"amount\":\"" + id + ".00\"}"))).toList(),
                List.of(), 1);
        assertThatThrownBy(() -> warehouse.transaction(() -> Landings.land(landing, page, Dependents.NONE)))
                .isInstanceOfSatisfying(DataAccessException.class, refused -> assertThat(
                        LandingFailures.refusedValue(refused)).contains("23514"));
        List<RefusedRecord> refused =
                landing.refused(page, new TransactionTemplate(warehouse.transactionManager()));
        assertThat(refused).extracting(one -> one.record().id()).containsExactly(7L);
        warehouse.transaction(() -> Landings.land(landing, page.without(refused), Dependents.NONE));
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane.customer_invoices where batch_id ="
                + " (select id from pennylane_sync.batch)").query(Integer.class).single()).isEqualTo(19);
    }

    private LandedBatch land(Position from, String... records) {
        Checkpoint at = checkpoints.find(COMPANY, invoices.name(), PassKind.WALK).isEmpty()
                ? checkpoints.open(COMPANY, invoices.name(), PassKind.WALK, from, p -> p)
                : new Checkpoint(COMPANY, invoices.name(), PassKind.WALK, 1, from);
        List<StreamRecord> mapped =
                List.of(records).stream().map(json -> RecordMapper.map(invoices, 0, object(json))).toList();
        long last = mapped.get(mapped.size() - 1).id();
        return warehouse.transaction(() -> Landings.land(landing,
                RecordBatch.page(invoices, at, new Advance.To(new Unread(List.of(new IdRange(last, null)))), mapped,
                        List.of(), 1),
                new Dependents(List.of(payments), List.of())));
    }

    private LandedBatch landChildren(long batches, Map<Long, Long> parents, StreamRecord... records) {
        Checkpoint at = checkpoints.open(COMPANY, payments.name(), PassKind.WALK, new Position.Worked(0), p -> p);
        return warehouse.transaction(() -> Landings.land(landing, RecordBatch.subLists(payments, at,
                new Advance.PastBatch(new Position.Worked(batches)), List.of(records), parents, WithheldRecords.NONE,
                1),
                Dependents.NONE));
    }

    private StreamRecord child(long parent, String json) {
        return RecordMapper.map(payments, parent, object(json));
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) StorableJson.read(json);
    }
}

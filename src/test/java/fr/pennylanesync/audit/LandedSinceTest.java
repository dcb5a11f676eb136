package fr.pennylanesync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rule is tried for what landed records concern, and for nothing else. */
class LandedSinceTest {

    private static final long COMPANY = 7;
    private static final long SINCE = 10;

    private Warehouse warehouse;
    private List<BooksRule> rules;
    private long batches = SINCE;

    @BeforeEach
    void open() {
        warehouse = TestWarehouse.ready();
        rules = BooksRules.of(StreamCatalog.load(Path.of("routes"), Map.of()));
        line(1, 100, 1000);
        line(2, 100, 1001);
        line(3, 200, 1000);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void whatWasLandedBeforeConcernsNothing() {
        batch("ledger_entry_lines", 0, SINCE, List.of(), List.of(1L, 2L), List.of());
        assertThat(concerned("ledger_entries unbalanced")).contains(Set.of());
    }

    @Test
    void aLineConcernsItsEntryAndTheOneThatItWasOf() {
        long batch = batch("ledger_entry_lines", List.of(1L, 3L), List.of());
        version("ledger_entry_lines", 3, batch, "{\"ledger_entry\": {\"id\": 300}}");
        version("ledger_entry_lines", 2, SINCE, "{\"ledger_entry\": {\"id\": 400}}");
        assertThat(concerned("ledger_entries unbalanced")).contains(Set.of(100L, 200L, 300L));
        assertThat(concerned("ledger_entries without lines")).contains(Set.of(100L, 200L, 300L));
        assertThat(concerned("ledger_entry_lines without ledger account")).contains(Set.of(1L, 3L));
        assertThat(concerned("customer_invoices without customer")).contains(Set.of());
    }

    @Test
    void aDeletedRecordConcernsThoseThatReferToIt() {
        batch("ledger_accounts", List.of(1001L), List.of(1000L));
        assertThat(concerned("ledger_entry_lines without ledger account")).contains(Set.of(1L, 3L));
    }

    @Test
    void aSubListConcernsItsParent() {
        batch("customer_invoices_invoice_lines", 0, ++batches, List.of(70L, 71L), List.of(1L, 1L), List.of());
        assertThat(concerned("customer_invoices not the sum of its lines")).contains(Set.of(70L, 71L));
        assertThat(concerned("customer_invoices_invoice_lines without their customer invoice"))
                .contains(Set.of(70L, 71L));
        batch("customer_invoices", List.of(), List.of(72L));
        assertThat(concerned("customer_invoices_invoice_lines without their customer invoice"))
                .contains(Set.of(70L, 71L, 72L));
    }

    @Test
    void whatLooksAtTheWholeIsTriedForAll() {
        assertThat(concerned("customer_invoices more paid than its payments")).isEmpty();
        assertThat(concerned("customers older than its event")).isEmpty();
    }

    @Test
    void ofVeryManyRecordsItIsTriedForAll() {
        batch("ledger_entry_lines", LongStream.rangeClosed(0, LandedSince.RECORDS_MAX).boxed().toList(), List.of());
        assertThat(concerned("ledger_entries unbalanced")).isEmpty();
        assertThat(concerned("customer_invoices without customer")).contains(Set.of());
    }

    private Optional<Set<Long>> concerned(String rule) {
        return LandedSince.read(warehouse.jdbc(), COMPANY, SINCE).concerned(
                rules.stream().filter(one -> one.key().equals(rule)).findFirst().orElseThrow());
    }

    private void line(long id, long entry, long account) {
        warehouse.jdbc().sql("""
                insert into pennylane.ledger_entry_lines (company_id, id, ledger_entry_id, ledger_account_id, payload,
                    record_hash, source, batch_id, first_seen_at, changed_at)
                values (?, ?, ?, ?, '{}', ''::bytea, 'api', 1, now(), now())""").params(COMPANY, id, entry, account)
                .update();
    }

    private void version(String stream, long id, long replacedBy, String payload) {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,
                    replaced_by_batch_id, payload, record_hash, source, changed_at)
                values (?, ?, 0, ?, 1, ?, ?::jsonb, ''::bytea, 'api', now())""")
                .params(COMPANY, stream, id, replacedBy, payload).update();
    }

    private long batch(String stream, List<Long> records, List<Long> deleted) {
        batches++;
        batch(stream, batches, batches, List.of(), records, deleted);
        return batches;
    }

    private void batch(String stream, long place, long id, List<Long> parents, List<Long> records,
            List<Long> deleted) {
        warehouse.jdbc().sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.batch (id, company_id, stream, number, chain_position, hash_version, pass,
                    run, batch_key, record_count, changed_count, parent_ids, record_ids, deleted_parent_ids,
                    deleted_ids, batch_hash, chain_hash, requests_used) overriding system value
                values (:id, :company, :stream, :place, :place, 2, 'changes', 1, 'key ' || :place, 1, 1,
                    %s, :records::bigint[], null, :deleted::bigint[], sha256(''), sha256(''), 1)""",
                parents.isEmpty() ? "null" : ":parents::bigint[]"))
                .param("id", id).param("company", COMPANY).param("stream", stream).param("place", place)
                .param("parents", parents.toArray(Long[]::new)).param("records", records.toArray(Long[]::new))
                .param("deleted", deleted.toArray(Long[]::new)).update();
    }
}

package fr.pennylanesync.report;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkLeftTest {

    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    private Warehouse warehouse;

    @BeforeEach
    void aBacklog() {
        warehouse = TestWarehouse.ready();
        sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at, verified_at)
                values (1, 'acme', '', '', '{}', '', '', now(), now())""");
        sql("insert into pennylane_sync.stream_state (company_id, stream, state)"
                + " select 1, s, 'LIVE' from unnest('{transactions,customer_invoices}'::text[]) s");
        sql("insert into pennylane_sync.due (company_id, stream, id, batch_id, turn)"
                + " select 1, 'transactions_matched_invoices', i, 3, '2024-01-01' from generate_series(1, 80) i");
        sql("insert into pennylane_sync.sub_list_proof (company_id, stream, proof, agreed)"
                + " values (1, 'transactions_matched_invoices', 'derived', 20)");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void whatIsDerivedTakesNoRequest() {
        assertThat(requests(true)).isZero();
        assertThat(requests(false)).isEqualTo(80);
    }

    @Test
    void whatIsDerivedForTheFirstTimeIsTried() {
        sql("update pennylane_sync.sub_list_proof set agreed = 3");
        assertThat(requests(true)).isEqualTo(17);
    }

    @Test
    void whatAnEventOrASweepMadeDueIsAskedFor() {
        sql("insert into pennylane_sync.due (company_id, stream, id, batch_id, turn)"
                + " values (1, 'transactions_matched_invoices', 101, 3, 'infinity'),"
                + " (1, 'transactions_matched_invoices', 102, -1, '2024-01-01')");
        assertThat(requests(true)).isEqualTo(2);
    }

    @Test
    void whereTheOtherSideIsNotReadNothingIsDerived() {
        sql("update pennylane_sync.stream_state set not_permitted_scope = 'x' where stream = 'customer_invoices'");
        assertThat(requests(true)).isEqualTo(80);
    }

    @Test
    void aFewAreNotDerived() {
        sql("delete from pennylane_sync.due where id > 30");
        assertThat(requests(true)).isEqualTo(30);
    }

    /** Nobody can say when that goes on. */
    @Test
    void whatTheTokenDoesNotPermitIsNoWork() {
        sql("update pennylane_sync.stream_state set not_permitted_scope = 'x' where stream = 'transactions'");
        assertThat(requests(false)).isZero();
        assertThat(left(false).subListsUpTo()).isEmpty();
    }

    /** Ids 1001 to 1100 of 1001 to 5000 are read. */
    @Test
    void whatAListWillStillBringIsReckonedByTheIdsThatAreRead() {
        listing("customer_invoices", "{\"kind\":\"unread\",\"ranges\":[{\"after\":1100}],\"newest\":5000}");
        batch("customer_invoices", "walk", "after 0", 1_001, 100);

        RequestsLeft left = RequestsLeft.read(warehouse.jdbc(), CATALOG, new WorkLeft.Budget(5, Set.of())).get(1L);
        assertThat(left.records()).isEqualTo(3_900 / 100 + 1);
        long children = CATALOG.childrenOf("customer_invoices").stream().filter(StreamDefinition::enabled).count();
        assertThat(left.subLists()).isEqualTo(80 + 3_900 * children);
        assertThat(left.atLeast()).isFalse();
        assertThat(left(false).timeToGo()).isPresent();
    }

    /** A thousand of a hundred days are here, and half as many days are left. */
    @Test
    void whatAListOfDaysWillStillBringIsReckonedByTheDaysThatAreRead() {
        LocalDate from = LocalDate.now(ZoneOffset.UTC).minusDays(50);
        listing("transactions", "{\"kind\":\"slice\",\"from\":\"" + from + "\",\"days\":365,\"pages\":0}");
        batch("transactions", "walk", "from " + from.minusDays(100) + " page 1", 1, 1_000);

        assertThat(RequestsLeft.read(warehouse.jdbc(), CATALOG, new WorkLeft.Budget(5, Set.of())).get(1L).records())
                .isEqualTo(500 / 100 + 1);
    }

    /** Eleven hundred of 110 days are here, forty days are left, and a page of the first of them is here as well. */
    @Test
    void whatSeveralReadersOfDaysHaveLeftIsReckonedTogether() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        listing("transactions", "{\"kind\":\"unread-dates\",\"ranges\":[{\"from\":\"" + today.minusDays(50)
                + "\",\"before\":\"" + today.minusDays(30) + "\",\"pages\":1},{\"from\":\"" + today.minusDays(20)
                + "\"}]}");
        batch("transactions", "walk", "from " + today.minusDays(150) + " page 1", 1, 1_200);

        assertThat(RequestsLeft.read(warehouse.jdbc(), CATALOG, new WorkLeft.Budget(5, Set.of())).get(1L).records())
                .isEqualTo((400 - 100) / 100 + 2);
    }

    @Test
    void ofAListThatIsNotBegunNobodyKnowsHowLongItIs() {
        sql("insert into pennylane_sync.stream_state (company_id, stream, state) values (1, 'suppliers', 'NEW')");
        assertThat(left(false).atLeast()).isTrue();
        assertThat(left(false).requests()).isEqualTo(80 + 1);
    }

    /** Of the first hundred sub-lists sixty were empty. */
    @Test
    void whatTheQuestionsToldSoFarHoldsForTheRest() {
        sql("delete from pennylane_sync.due");
        sql("insert into pennylane_sync.due (company_id, stream, id, batch_id, turn)"
                + " select 1, 'customer_invoices_categories', i, 3, '2024-01-01' from generate_series(61, 200) i");
        sql("insert into pennylane_sync.proven_sub_list (company_id, stream, parent_id, proof, watched)"
                + " select 1, 'customer_invoices_categories', i, 'filter', false from generate_series(1, 60) i");
        batch("customer_invoices_categories", "proof", "batch 1", 1, 60);

        assertThat(requests(false)).isEqualTo(40 + 43);
        batch("customer_invoices_categories", "walk", "batch 1", 1, 1);
        assertThat(requests(false)).isEqualTo(140);
    }

    private void listing(String stream, String position) {
        sql("delete from pennylane_sync.stream_state where stream = '" + stream + "'");
        sql("insert into pennylane_sync.stream_state (company_id, stream, state, history_noted_at) values (1, '"
                + stream + "', 'HISTORY', now())");
        sql("insert into pennylane_sync.checkpoint (company_id, stream, pass, run, position, version, begun_at,"
                + " moved_at) values (1, '" + stream + "', 'walk', 1, '" + position + "', 1, now(), now())");
    }

    private void batch(String stream, String pass, String key, long firstId, int records) {
        sql(String.format(Locale.ROOT, """
                insert into pennylane_sync.batch (company_id, stream, pass, run, batch_key, first_id, record_count,
                    chain_position, number, hash_version, changed_count, record_ids, deleted_ids, batch_hash,
                    chain_hash, requests_used)
                select 1, '%s', '%s', 1, '%s', %d, %d, count(*) + 1, count(*) + 1, 2, 0, '{}', '{}', '', '', 1
                from pennylane_sync.batch""", stream, pass, key, firstId, records));
    }

    private long requests(boolean derives) {
        return left(derives).requests();
    }

    private WorkLeft left(boolean derives) {
        return WorkLeft
                .read(warehouse.jdbc(), CATALOG,
                        new WorkLeft.Budget(5, derives ? EnumSet.allOf(Proof.class) : EnumSet.of(Proof.FILTER)))
                .get(1L);
    }

    private void sql(String statement) {
        warehouse.jdbc().sql(statement).update();
    }
}

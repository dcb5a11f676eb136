package fr.pennylanesync.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.logging.CapturedEvents;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** The roles of docs/roles.sql may do what their work needs, and nothing that the proof forbids. */
class RolesTest {

    private static final List<String> ROLES = List.of("runtime", "verifier", "reader");
    private static Settings.Database database;
    private static Warehouse owner;
    private static Warehouse runtime;

    @BeforeAll
    static void open() throws IOException {
        database = TestWarehouse.newDatabase();
        owner = Warehouse.open(TestWarehouse.settings(database));
        owner.jdbc().sql("create table pennylane.books (company_id bigint, id bigint, batch_id bigint,"
                + " primary key (company_id, id))").update();
        new StreamTables(owner.jdbc()).ensure(TestStreams.keyset(10));
        for (int run = 0; run < 2; run++) {
            owner.jdbc().sql(Files.readString(Path.of("docs/roles.sql"))).update();
        }
        for (String role : ROLES) {
            owner.jdbc().sql("create role test_" + role + " login password 'roles' in role pennylane_" + role).update();
        }
        runtime = Warehouse.open(TestWarehouse.settings(as("runtime")));
        runtime.jdbc().sql("""
                insert into pennylane_sync.batch (chain_position, company_id, stream, number, pass, run, batch_key,
                    record_count, changed_count, record_ids, deleted_ids, batch_hash, chain_hash, requests_used)
                values (1, 1, 'books', 1, 'walk', 1, '', 0, 0, '{}', '{}', '', '', 0)""").update();
    }

    @AfterAll
    static void close() {
        runtime.close();
        for (String role : ROLES) {
            owner.jdbc().sql("drop owned by test_" + role + "; drop role test_" + role).update();
        }
        for (String role : ROLES) {
            owner.jdbc().sql("drop owned by pennylane_" + role + "; drop role pennylane_" + role).update();
        }
        owner.close();
    }

    private static Settings.Database as(String role) {
        return new Settings.Database(database.jdbcUrl(), "test_" + role, Optional.of(Secret.of("roles")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"update pennylane_sync.batch set record_count = 1", "delete from pennylane_sync.batch",
            "truncate pennylane_sync.record_version", "delete from pennylane_sync.record_version",
            "update pennylane_sync.file_entry set number = 2", "delete from pennylane_sync.digest",
            "delete from pennylane_sync.foreign_change", "update pennylane_sync.warehouse set id = gen_random_uuid()",
            "delete from pennylane_sync.seal", "delete from pennylane_sync.thinned_version",
            "insert into pennylane_sync.seal values (1, '', 1, now(), null, 0, '', null, 0, '{}', '{}', '{}', '{}')",
            "insert into pennylane_sync.thinned_version values (1, '', 0, 1, 1, 2, '', null)",
            "delete from pennylane.books", "drop trigger append_only on pennylane_sync.batch"})
    void theRuntimeOnlyAppendsToTheEvidence(String sql) {
        assertThatThrownBy(() -> runtime.jdbc().sql(sql).update()).isInstanceOf(DataAccessException.class);
    }

    @Test
    void neitherDoesItWithMoreRightsThanItShouldHave() {
        owner.jdbc().sql("grant update, delete on pennylane_sync.batch to pennylane_runtime").update();
        try {
            assertThatThrownBy(() -> runtime.jdbc().sql("update pennylane_sync.batch set record_count = 1").update())
                    .rootCause().hasMessageContaining("pennylane_sync.batch is append only");
        } finally {
            owner.jdbc().sql("revoke update, delete on pennylane_sync.batch from pennylane_runtime").update();
        }
        assertThat(owner.jdbc().sql("update pennylane_sync.batch set requests_used = 0").update()).isOne();
    }

    /** What is old leaves by one door, and never the newest batch, nor one that a row names. */
    @Test
    void theRuntimeThinsByTheDoorAlone() {
        owner.jdbc().sql("grant delete on pennylane_sync.batch to pennylane_runtime").update();
        try {
            String old = """
                    insert into pennylane_sync.batch (chain_position, company_id, stream, number, pass, run, batch_key,
                        record_count, changed_count, record_ids, deleted_ids, batch_hash, chain_hash, requests_used,
                        landed_at)
                    select n, 2, 'books', n, 'walk', n, '', 0, 0, '{7}', '{}', sha256('b'),
                        case n when 1 then %1$s when 2 then %2$s else %3$s end, 0, now() - interval '2 years'
                    from generate_series(1, 3) n""";
            String one = "sha256(decode(repeat('00', 32), 'hex') || sha256('b'))";
            String two = "sha256(" + one + " || sha256('b'))";
            String three = "sha256(" + two + " || sha256('b'))";
            owner.jdbc().sql(old.formatted(one, two, three)).update();
            owner.jdbc().sql("insert into pennylane_sync.stream_state (company_id, stream, state, chain_head)"
                    + " values (2, 'books', 'LIVE', " + three + ")").update();
            owner.jdbc().sql("insert into pennylane.books select 2, 1, id from pennylane_sync.batch"
                    + " where company_id = 2 and number = 1").update();
            // Two old versions of record 7: one is what batch 1 held, the other what batch 2 did.
            owner.jdbc().sql("insert into pennylane_sync.thinned_version select 2, 'books', 0, 7, b.id, next.id, ''"
                    + " from pennylane_sync.batch b join pennylane_sync.batch next using (company_id)"
                    + " where b.company_id = 2 and next.number = b.number + 1").update();

            assertThatThrownBy(() -> runtime.jdbc().sql("delete from pennylane_sync.batch where company_id = 2")
                    .update()).rootCause().hasMessageContaining("pennylane_sync.batch is append only");
            assertThatThrownBy(() -> runtime.transactionWithoutResult(() -> {
                runtime.jdbc().sql("select pennylane_sync.thin(2, 'books', null, now() - interval '1 year', false)")
                        .query(Object.class).list();
                runtime.jdbc().sql("delete from pennylane_sync.batch where company_id = 2").update();
            })).rootCause().hasMessageContaining("pennylane_sync.batch is append only");
            assertThat(runtime.jdbc().sql("select batches from pennylane_sync.thin(2, 'books', null,"
                    + " now() - interval '1 year', false)").query(Long.class).single()).isOne();
            assertThat(owner.jdbc().sql("select number from pennylane_sync.batch where company_id = 2 order by 1")
                    .query(Long.class).list()).containsExactly(1L, 3L, 4L);
            assertThat(owner.jdbc().sql("select b.number from pennylane_sync.thinned_version v"
                    + " join pennylane_sync.batch b on b.id = v.batch_id").query(Long.class).list())
                    .containsExactly(1L);
        } finally {
            owner.jdbc().sql("revoke delete on pennylane_sync.batch from pennylane_runtime").update();
            owner.jdbc().sql("delete from pennylane_sync.batch where company_id = 2").update();
        }
    }

    @Test
    void theRuntimeLandsAndWorksItsListsOff() {
        assertThat(runtime.jdbc().sql("insert into pennylane.books values (1, 1)").update()).isOne();
        assertThat(runtime.jdbc().sql("insert into pennylane_sync.due values (1, 'books', 1, 1)").update()).isOne();
        assertThat(runtime.jdbc().sql("delete from pennylane_sync.due").update()).isOne();
        assertThat(runtime.jdbc().sql("select count(*) from pennylane_sync.foreign_change").query(Long.class).single())
                .isZero();
    }

    @Test
    void theVerifierReadsEverythingAndTheReaderTheBooks() {
        try (Warehouse verifier = Warehouse.openToRead(TestWarehouse.settings(as("verifier")), waiting -> {})) {
            assertThat(verifier.jdbc().sql("select count(*) from pennylane_sync.batch").query(Long.class).single())
                    .isOne();
            assertThatThrownBy(() -> verifier.jdbc().sql("insert into pennylane.books values (2, 2)").update())
                    .isInstanceOf(DataAccessException.class);
        }
        owner.transactionWithoutResult(() -> {
            owner.jdbc().sql("set local role test_reader").update();
            assertThat(owner.jdbc().sql("select count(*) from pennylane.books").query(Long.class).single())
                    .isNotNegative();
            assertThatThrownBy(() -> owner.jdbc().sql("select 1 from pennylane_sync.batch").query(Long.class).list())
                    .isInstanceOf(DataAccessException.class);
        });
    }

    @Test
    void theReaderSeesWhatWasTrueAtAMomentAndNotWhatOperatorsSee() {
        owner.jdbc().sql("""
                insert into pennylane_sync.record_version (company_id, stream, parent_id, id, batch_id,
                    replaced_by_batch_id, payload, record_hash, source, changed_at)
                values (1, 'customers', 0, 1, 1, 2, '{"label": "a", "amount": "1.5"}', '', 'api',
                    now() - interval '1 day')
                """).update();
        owner.transactionWithoutResult(() -> {
            owner.jdbc().sql("set local role test_reader").update();
            assertThat(owner.jdbc().sql("select label || amount from pennylane.customers_history").query(String.class)
                    .list()).containsExactly("a1.5");
            assertThat(owner.jdbc().sql("select label || amount from pennylane.customers_at(now() - interval '1 hour')")
                    .query(String.class).list()).containsExactly("a1.5");
            assertThatThrownBy(() -> owner.jdbc().sql("select 1 from pennylane_sync.record_version").query(Long.class)
                    .list()).isInstanceOf(DataAccessException.class);
        });
    }

    @Test
    void aLoginThatOnlyLandsLeavesTheViewsToTheOwnerAndSaysSo() {
        StreamDefinition other = TestStreams.shared(TestStreams.keyset(10));
        try (CapturedEvents events = CapturedEvents.ofAll()) {
            new StreamTables(runtime.jdbc()).ensure(other);
            assertThat(events.lines()).containsExactly("history_view_kept stream=customers");
            new StreamTables(owner.jdbc()).ensure(other);
            new StreamTables(runtime.jdbc()).ensure(other);
            assertThat(events.lines()).hasSize(1);
        }
    }

    /** By the same login, but past the runtime: the database says who, where and what, and no value. */
    @Test
    void whatSomebodyElseChangesOfTheStateIsWrittenDown() {
        owner.transactionWithoutResult(() -> {
            owner.jdbc().sql("set local pennylane_sync.writer = ''").update();
            owner.jdbc().sql("insert into pennylane_sync.due values (7, 'books', 8, 9)").update();
            owner.jdbc().sql("update pennylane_sync.due set batch_id = 10 where company_id = 7").update();
            owner.jdbc().sql("delete from pennylane_sync.due where company_id = 7").update();
            owner.jdbc().sql("truncate pennylane_sync.quarantine").update();
        });
        assertThat(owner.jdbc().sql("select operation || ' ' || table_name || ' ' || coalesce(company_id::text, '-')"
                + " || ' ' || coalesce(stream, '-') || ' ' || row_key from pennylane_sync.foreign_change order by id")
                .query(String.class).list()).containsExactly("INSERT due 7 books id 8, batch_id 9",
                        "UPDATE due 7 books id 8, batch_id 9", "DELETE due 7 books id 8, batch_id 10",
                        "TRUNCATE quarantine - - ");
        owner.jdbc().sql("delete from pennylane_sync.foreign_change").update();
    }
}

package fr.pennylanesync.landing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Unread;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.StaleCopies;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch looks at rows of its own alone, also in tables of which PostgreSQL has no statistics yet. */
class LandingLookupTest {

    private static final long COMPANY = 7;
    private static final int STANDING = 3_000;
    /** From the fifth time on a statement is prepared by the server, and soon after planned for any values. */
    private static final int BATCHES = 12;
    private static final int ROWS = 12;
    /** A row is looked at a few times: whether it is here, to be kept, to be read back, and for its notes. */
    private static final long LOOKS_MAX = 12L * ROWS;

    private Warehouse warehouse;
    private StreamCatalog catalog;
    private CheckpointStore checkpoints;
    private Landing landing;

    @BeforeEach
    void open() {
        warehouse = TestWarehouse.ready();
        catalog = StreamCatalog.load(Path.of("routes"), Map.of());
        checkpoints = new CheckpointStore(warehouse.jdbc());
        landing = new Landing(warehouse.jdbc(), warehouse.rowCopy());
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void newAndChangedRecordsOfALongList() {
        StreamDefinition lines = catalog.find("ledger_entry_lines").orElseThrow();
        stand(lines, "");
        Checkpoint at = checkpoints.open(COMPANY, lines.name(), PassKind.WALK, Unread.ALL, position -> position);
        for (int i = 0; i < BATCHES; i++) {
            long first = i % 2 == 0 ? STANDING + 1L + i * ROWS : 1L + i * ROWS;
            Checkpoint from = at;
            Position next = new Unread(List.of(new IdRange(i + 1L, null)));
            List<StreamRecord> records = records(lines, 0, first);
            warehouse.transactionWithoutResult(() -> {
                long before = looked(lines.name(), "due");
                LandedBatch landed = Landings.land(landing, RecordBatch.page(lines, from, new Advance.To(next), records,
                        List.of(), 1), catalog.dependentsOf(lines.name()));
                assertThat(landed.changedCount()).isEqualTo(ROWS);
                assertThat(looked(lines.name(), "due") - before).isLessThan(LOOKS_MAX);
            });
            at = from.at(next);
        }
        assertThat(warehouse.jdbc().sql("select count(*) from pennylane_sync.record_version").query(Integer.class)
                .single()).isEqualTo(BATCHES / 2 * ROWS);
    }

    /** The entries of the lines become due: those that they are of now, and those that they were of. */
    @Test
    void announcedRecordsWithWhatChangesWithThem() {
        StreamDefinition lines = catalog.find("ledger_entry_lines").orElseThrow();
        stand(lines, "");
        Checkpoint at = checkpoints.open(COMPANY, lines.name(), PassKind.CHANGES, new Position.Worked(0), p -> p);
        for (int i = 0; i < BATCHES; i++) {
            long first = 1L + i * ROWS;
            Checkpoint from = at;
            Position.Worked worked = new Position.Worked(i);
            List<StreamRecord> records = LongStream.range(first, first + ROWS).mapToObj(id -> RecordMapper.map(lines, 0,
                    (ObjectNode) StorableJson.read("{\"id\":" + id + ",\"ledger_entry\":{\"id\":" + id + "}}")))
                    .toList();
            warehouse.transactionWithoutResult(() -> {
                long before = looked(lines.name(), "record_version", "due");
                Landings.land(landing, RecordBatch.refresh(lines, from, worked.next(), records, List.of(), Map.of(),
                        WithheldRecords.NONE, List.of(), 1), catalog.dependentsOf(lines.name()));
                assertThat(looked(lines.name(), "record_version", "due") - before).isLessThan(LOOKS_MAX);
            });
            at = from.at(worked.next());
        }
        assertThat(new DueList(warehouse.jdbc()).count(COMPANY, "ledger_entries")).isEqualTo((long) BATCHES * ROWS);
    }

    @Test
    void copiesOfChangedRecords() {
        StreamDefinition accounts = catalog.find("ledger_accounts").orElseThrow();
        StreamDefinition lines = catalog.find("ledger_entry_lines").orElseThrow();
        stand(accounts, "");
        stand(lines, "");
        warehouse.jdbc().sql("update pennylane.ledger_entry_lines set ledger_account_id = id").update();
        Checkpoint from = checkpoints.open(COMPANY, accounts.name(), PassKind.WALK, Unread.ALL, position -> position);
        Landings.land(landing,
                RecordBatch.page(accounts, from, new Advance.To(new Unread(List.of(new IdRange(1, null)))),
                        records(accounts, 0, 1), List.of(), 1),
                catalog.dependentsOf(accounts.name()));
        warehouse.transactionWithoutResult(() -> {
            long before = looked(accounts.name(), lines.name(), "record_version");
            new StaleCopies(warehouse.jdbc()).follow(COMPANY, catalog);
            assertThat(looked(accounts.name(), lines.name(), "record_version") - before).isLessThan(LOOKS_MAX);
        });
        assertThat(new DueList(warehouse.jdbc()).count(COMPANY, lines.name())).isEqualTo(ROWS);
    }

    @Test
    void newAndChangedSubLists() {
        StreamDefinition lines = catalog.find("customer_invoices_invoice_lines").orElseThrow();
        stand(lines, "customer_invoice_id, ");
        DueList due = new DueList(warehouse.jdbc());
        due.add(COMPANY, lines.name(), LongStream.rangeClosed(1, 2L * STANDING).boxed().toList(), 1);
        Checkpoint at = checkpoints.open(COMPANY, lines.name(), PassKind.WALK, new Position.Worked(0), p -> p);
        for (int i = 0; i < BATCHES; i++) {
            long parent = i % 2 == 0 ? STANDING + 1L + i : 1L + i;
            Checkpoint from = at;
            Position.Worked worked = new Position.Worked(i);
            List<StreamRecord> records = records(lines, parent, parent);
            warehouse.transactionWithoutResult(() -> {
                long before = looked(lines.name(), "due");
                LandedBatch landed = Landings.land(landing, RecordBatch.subLists(lines, from,
                        new Advance.PastBatch(worked), records, Map.of(parent, 1L), WithheldRecords.NONE, 1),
                        Dependents.NONE);
                assertThat(landed.changedCount()).isEqualTo(ROWS);
                assertThat(looked(lines.name(), "due") - before).isLessThan(LOOKS_MAX);
            });
            at = from.at(worked.next());
        }
        assertThat(due.count(COMPANY, lines.name())).isEqualTo(2L * STANDING - BATCHES);
    }

    /** Rows that nobody has analyzed. */
    private void stand(StreamDefinition stream, String parent) {
        warehouse.jdbc().sql("alter table pennylane." + stream.name() + " set (autovacuum_enabled = off)").update();
        warehouse.jdbc().sql("alter table pennylane_sync.due set (autovacuum_enabled = off)").update();
        warehouse.jdbc().sql(String.format(Locale.ROOT, """
                insert into pennylane.%s (company_id, %sid, payload, record_hash, source, batch_id, first_seen_at,
                    changed_at)
                select ?, %sn, '{}', ''::bytea, 'api', 1, now(), now() from generate_series(1, ?) n""", stream.name(),
                parent, parent.isEmpty() ? "" : "n, ")).params(COMPANY, STANDING).update();
    }

    private static List<StreamRecord> records(StreamDefinition stream, long parent, long first) {
        return LongStream.range(first, first + ROWS).mapToObj(id -> RecordMapper.map(stream, parent,
                (ObjectNode) StorableJson.read("{\"id\":" + id + ",\"label\":\"Achat\"}"))).toList();
    }

    /** Rows of tables that the session looked at since it told of them last, which it never does in a transaction. */
    private long looked(String... tables) {
        return warehouse.jdbc().sql("select coalesce(sum(seq_tup_read), 0) + coalesce(sum(idx_tup_fetch), 0)"
                + " from pg_stat_xact_user_tables where relname = any(?)").param(tables).query(Long.class).single();
    }
}

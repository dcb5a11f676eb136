package fr.pennylanesync.landing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.record.SharedRowMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.RowReader;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.share.TestPartitions;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows of the data sharing: what stands in the table is proven, whether rows were looked up first or not. */
class ShareLandingTest {

    private static final long COMPANY = 7;

    private static final StreamDefinition STREAM =
            StreamCatalog.load(Path.of("routes"), Map.of()).find("ledger_entry_lines").orElseThrow();
    private final TableShape shape = TestPartitions.shape(STREAM);
    private String label = "Été \\ ";
    private final RowReader reader = new RowReader(shape, COMPANY);
    private static Warehouse warehouse;

    @BeforeAll
    static void open() {
        warehouse = TestWarehouse.create();
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @AfterEach
    void empty() {
        warehouse.jdbc().sql("drop trigger if exists altering on pennylane.ledger_entry_lines").update();
        warehouse.jdbc().sql("truncate pennylane.ledger_entry_lines").update();
    }

    @Test
    void whatIsNewIsCopiedAndProven() {
        LandedBatch landed = land(batch(1, true, 3, 1, 2));
        assertThat(landed.recordCount()).isEqualTo(3);
        assertThat(landed.digest()).isEqualTo(received(1, 2, 3));
        assertThat(rows()).containsExactly("1 share Été \\ 1 2026-01-31 0.5 2026-01-02 03:04:05.060000",
                "2 share Été \\ 2 2026-01-31 0.5 2026-01-02 03:04:05.060000",
                "3 share Été \\ 3 2026-01-31 0.5 2026-01-02 03:04:05.060000");
    }

    @Test
    void aLongTextIsCopiedWholeAndProven() {
        label = "Été ".repeat(10_000);
        LandedBatch landed = land(batch(1, true, 1, 2));
        assertThat(landed.digest()).isEqualTo(received(1, 2));
        assertThat(rows()).allSatisfy(row -> assertThat(row).hasSizeGreaterThan(40_000));
        warehouse.jdbc().sql("update pennylane.ledger_entry_lines set payload = jsonb_set(payload, '{label}',"
                + " to_jsonb(replace(payload ->> 'label', 'Été', 'Ete')))").update();
        assertThat(land(batch(2, false, 1, 2)).digest()).as("mended, as any row that is read again")
                .isEqualTo(received(1, 2));
    }

    @Test
    void rowsThatWereNotExpectedAreFoundByTheCopyAndTheTransactionGoesOn() {
        land(batch(1, true, 1, 2));
        warehouse.jdbc().sql("update pennylane.ledger_entry_lines set source = 'api' where id = 2").update();
        LandedBatch landed = land(batch(2, true, 1, 2, 3));
        assertThat(landed.changedCount()).isEqualTo(1);
        assertThat(landed.digest()).as("the API's row counts as it was received").isEqualTo(received(1, 2, 3));
        assertThat(rows()).extracting(row -> row.substring(0, 3)).containsExactly("1 s", "2 a", "3 s");
    }

    @Test
    void aBatchOfWhichTheApiHasEveryRowIsProven() {
        land(batch(1, true, 1));
        warehouse.jdbc().sql("update pennylane.ledger_entry_lines set source = 'api'").update();
        assertThat(land(batch(2, false, 1)).digest()).isEqualTo(received(1));
    }

    @Test
    void aHashThatDoesNotStandAsItWasWrittenIsNoticed() {
        altering("new.record_hash := sha256('other')");
        BatchLanding landing = written(batch(1, true, 1, 2));
        assertThat(landing.getStoredHash()).isNotEqualTo(landing.getReadHash());
    }

    @Test
    void aRowThatIsMissingIsNoticed() {
        altering("if new.id = 2 then return null; end if");
        BatchLanding landing = written(batch(1, true, 1, 2));
        assertThat(landing.getStoredHash()).isNotEqualTo(landing.getReadHash());
        assertThat(landing.landed().digest()).isEqualTo(received(1));
    }

    @Test
    void noRowAtAllIsNoticed() {
        altering("return null");
        BatchLanding landing = written(batch(1, true, 1));
        assertThat(landing.getStoredHash()).isNotEqualTo(landing.getReadHash());
    }

    @Test
    void aPayloadThatDoesNotStandAsItWasWrittenIsNoticed() {
        altering("new.payload := new.payload || '{\"label\": \"other\"}'");
        BatchLanding landing = written(batch(1, true, 1, 2));
        assertThat(landing.landed().digest().rows()).isEqualTo(2);
        assertThat(landing.landed().digest()).isNotEqualTo(received(1, 2));
    }

    private void altering(String statement) {
        warehouse.jdbc()
                .sql("create or replace function alter_row() returns trigger language plpgsql as $$ begin " + statement
                        + "; return new; end $$")
                .update();
        warehouse.jdbc().sql("create trigger altering before insert on pennylane.ledger_entry_lines for each row"
                + " execute function alter_row()").update();
    }

    private LandedBatch land(ShareBatch batch) {
        return warehouse.transaction(() -> {
            BatchLanding landing = written(batch);
            assertThat(landing.getStoredHash()).isEqualTo(landing.getReadHash());
            return landing.landed();
        });
    }

    /** Written and read back, in a transaction that ends with it. */
    private BatchLanding written(ShareBatch batch) {
        return warehouse.transaction(() -> {
            BatchLanding landing =
                    new Landing(warehouse.jdbc(), warehouse.rowCopy()).begin(batch, Dependents.NONE);
            landing.claim(BatchKey.of(batch.from()));
            landing.writeRows();
            landing.readBack();
            return landing;
        });
    }

    private ShareBatch batch(int number, boolean expectedNew, long... ids) {
        SharedRowMapper mapper = new SharedRowMapper(STREAM, shape.types());
        List<StreamRecord> records = LongStream.of(ids).sorted().mapToObj(this::row)
                .map(row -> mapper.map(row.id(), row.spelled(), row::field, row::text)).toList();
        Checkpoint from = new Checkpoint(COMPANY, STREAM.name(), PassKind.HISTORY, 1,
                new Position.Reading("2026-01", 1, number));
        return new ShareBatch(STREAM, from, records, List.of(),
                new ShareBatch.Rows(shape, reader, Map.of(), expectedNew), Optional.empty());
    }

    private ShareRow row(long id) {
        Map<String, Object> columns = new HashMap<>();
        List<String> names = List.copyOf(shape.fields().keySet());
        Map<String, String> values = Map.of("company_id", Long.toString(COMPANY), "id", Long.toString(id), "date",
                "2026-01-31", "label", label + id, "debit", "0.50", "document_id", "5", "document_updated_at",
                "2026-01-02 03:04:05.060000");
        for (int i = 0; i < names.size(); i++) {
            columns.put("c" + i, values.get(names.get(i)));
        }
        return (ShareRow) reader.read(columns);
    }

    private RowDigest received(long... ids) {
        RowDigest digest = RowDigest.EMPTY;
        for (long id : ids) {
            digest = digest.plus(reader.canonical(
                    fr.pennylanesync.landing.record.StorableJson.read(row(id).spelled().toString())));
        }
        return digest;
    }

    private List<String> rows() {
        return warehouse.jdbc()
                .sql("select id || ' ' || source || ' ' || label || ' ' || date || ' ' || trim_scale(debit)"
                        + " || ' ' || (payload ->> 'document_updated_at') from pennylane.ledger_entry_lines"
                        + " order by id")
                .query(String.class).list();
    }
}

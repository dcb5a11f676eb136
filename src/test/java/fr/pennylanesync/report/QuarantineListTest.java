package fr.pennylanesync.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was received is kept and shown masked, and how a case ended is kept too, also where it comes again. */
class QuarantineListTest {

    private static final long COMPANY = 7;
    private static final StreamDefinition STREAM = TestStreams.keyset(10);
    private static final Checkpoint AT = new Checkpoint(COMPANY, STREAM.name(), PassKind.WALK, 1, Position.Unread.ALL);

    private Warehouse warehouse;
    private Quarantine quarantine;
    private QuarantineList list;
    private long batches;

    @BeforeEach
    void open() {
        warehouse = TestWarehouse.create();
        new StreamTables(warehouse.jdbc()).ensure(STREAM);
        quarantine = new Quarantine(warehouse.jdbc());
        list = new QuarantineList(warehouse.jdbc(), TestStreams.catalog(STREAM));
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void whatWasReceivedIsShownMasked() {
        quarantine.items(AT, List.of(new SetAside(0, 5, "", "KEY_TWICE", "{\"id\":5,\"name\":\"Dupont\"}")));
        land("{\"id\":6,\"label\":\"x\",\"amount\":\"12,50 EUR\"}");

        List<QuarantineEntry> entries = list.entries(Optional.empty(), false);
        assertThat(entries).extracting(QuarantineEntry::form).containsOnly(Optional.empty());
        assertThat(entries).extracting(entry -> list.find(entry.id()).orElseThrow().form().orElseThrow())
                .containsExactly("{\"id\":5,\"name\":\"Aaaaaa\"}", "\"99,99 AAA\"");
    }

    @Test
    void aCaseThatComesAgainKeepsHowItEndedBefore() {
        StreamRecord bad = land("{\"id\":6,\"amount\":\"none\"}");
        assertThat(bad.misfits()).containsExactly("amount");
        land("{\"id\":6,\"amount\":\"1\"}");
        land("{\"id\":6,\"amount\":\"none\"}");
        assertThat(list.entries(Optional.empty(), false)).hasSize(1);
        quarantine.gone(COMPANY, STREAM.name(), List.of(new RowWriter.Written(0, 6)));

        List<QuarantineEntry> ended = list.entries(Optional.empty(), true);
        assertThat(ended).extracting(entry -> entry.resolution().orElseThrow()).containsExactly("LANDED", "GONE");
        assertThat(ended.get(0).resolvedAt().orElseThrow()).isBefore(ended.get(1).firstSeenAt());
        assertThat(list.find(ended.get(0).id()).orElseThrow().resolution()).hasValue("GONE");
    }

    /** A landing resolves what it brings, and sets it aside again where it still does not fit: that is no end. */
    @Test
    void whatIsSetAsideAgainByTheSameTransactionWasNeverOver() {
        land("{\"id\":6,\"amount\":\"none\"}");
        land("{\"id\":6,\"amount\":\"nothing\"}");

        assertThat(list.entries(Optional.empty(), true)).singleElement()
                .satisfies(entry -> assertThat(entry.isOpen() && entry.resolution().isEmpty()).isTrue());
    }

    private StreamRecord land(String json) {
        StreamRecord record = RecordMapper.map(STREAM, 0, (ObjectNode) StorableJson.read(json));
        warehouse.transactionWithoutResult(() -> {
            new RowWriter(warehouse.jdbc(), STREAM).upsert(COMPANY, List.of(record), ++batches, "api");
            quarantine.columns(COMPANY, STREAM.name(), List.of(record));
        });
        return record;
    }
}

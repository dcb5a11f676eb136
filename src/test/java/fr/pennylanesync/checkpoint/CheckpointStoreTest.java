package fr.pennylanesync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckpointStoreTest {

    private Warehouse warehouse;
    private CheckpointStore store;

    @BeforeAll
    void open() {
        warehouse = TestWarehouse.create();
        store = new CheckpointStore(warehouse.jdbc());
    }

    @AfterAll
    void close() {
        warehouse.close();
    }

    @Test
    void onlyWhoKnowsWhereItStandsMovesIt() {
        Checkpoint first = store.open(1, "products", PassKind.WALK, new Position.Pages(0), position -> position);
        store.move(first, new Position.Pages(1));
        assertThatThrownBy(() -> store.move(first, new Position.Pages(2))).isInstanceOf(SyncException.class);
        assertThat(store.open(1, "products", PassKind.WALK, new Position.Pages(0), position -> position))
                .isEqualTo(first.at(new Position.Pages(1)));
    }

    @Test
    void silentChangelogsAreNotedTogetherAsOfWhenTheyWereReadAndOnlyWhereTheyStillStand() {
        Checkpoint silent = feed("customers", 100);
        Checkpoint moved = feed("products", 100);
        ageAll();
        store.touch(3, List.of(silent, moved), Duration.ofMinutes(10));
        assertThat(noted(9, 11)).containsExactlyInAnyOrder(silent.stream(), moved.stream());
        assertThat(store.feeds(3)).containsEntry(silent.stream(), silent).containsEntry(moved.stream(), moved);

        store.move(moved, new Position.Drained(Instant.ofEpochSecond(200)));
        ageAll();
        store.touch(3, List.of(silent, moved), Duration.ofMinutes(90));
        assertThat(noted(59, 61)).as("an hour ago more was known").contains(silent.stream());
        store.touch(3, List.of(silent, moved), Duration.ZERO);
        assertThat(noted(0, 1)).containsExactly(silent.stream());
    }

    private Checkpoint feed(String stream, long seconds) {
        return store.open(3, Checkpoint.feed(stream), PassKind.CHANGES,
                new Position.Drained(Instant.ofEpochSecond(seconds)), position -> position);
    }

    private void ageAll() {
        warehouse.jdbc().sql("update pennylane_sync.checkpoint set moved_at = now() - interval '1 hour'").update();
    }

    private List<String> noted(int fromMinutes, int toMinutes) {
        return warehouse.jdbc().sql("select stream from pennylane_sync.checkpoint where company_id = 3 and moved_at "
                + "between now() - make_interval(mins => ?) and now() - make_interval(mins => ?)")
                .params(toMinutes, fromMinutes).query(String.class).list();
    }

    /** The ledger names batches by run and position: a run of the same number would pass for one that is landed. */
    @Test
    void aCheckpointThatWasRemovedBeginsARunOfItsOwn() {
        Checkpoint first = store.open(2, "products", PassKind.WALK, new Position.Pages(0), position -> position);
        warehouse.jdbc().sql(
                "insert into pennylane_sync.batch (id, chain_position, number, company_id, stream, pass, run, "
                        + "batch_key, "
                        + "record_count, changed_count,"
                        + " record_ids, deleted_ids, batch_hash, chain_hash, requests_used) overriding system value"
                        + " values (1, 1, 1, 2, 'products', 'walk', ?, 'page 1', 0, 0, '{}', '{}', sha256(''), "
                        + "sha256(''), 1)")
                .param(first.run()).update();
        store.delete(2, "products", PassKind.WALK);
        assertThat(store.open(2, "products", PassKind.WALK, new Position.Pages(0), position -> position).run())
                .isGreaterThan(first.run());
    }
}

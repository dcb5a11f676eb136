package fr.pennylanesync.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointErrorCode;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.checkpoint.Position.Partitions;
import fr.pennylanesync.checkpoint.Position.Unread;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.PassKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvanceTest {

    @Test
    void anOnlyLaneKnowsWhereItGoes() {
        Advance to = new Advance.To(new Position.Pages(2));
        assertThat(to.from(at(new Position.Pages(1)))).isEqualTo(new Position.Pages(2));
        assertThat(to.isShared()).isFalse();
    }

    @Test
    void idsAreReadOnce() {
        Advance first = new Advance.PastIds(new IdRange(0, 10L));
        Position behind = first.from(at(Unread.ALL));
        assertThat(behind).isEqualTo(new Unread(List.of(new IdRange(10, null))));
        assertRefused(first, behind);
        assertThat(new Advance.PastIds(new IdRange(10, null)).from(at(behind))).isEqualTo(new Position.Ended());
        assertThat(first.isShared()).isTrue();
    }

    /** Whichever of two lanes lands first, both are taken off. */
    @Test
    void lanesMoveOneCheckpointInAnyOrder() {
        Advance low = new Advance.PastIds(new IdRange(0, 10L));
        Advance high = new Advance.PastIds(new IdRange(50, 60L));
        assertThat(high.from(at(low.from(at(Unread.ALL))))).isEqualTo(low.from(at(high.from(at(Unread.ALL)))));
    }

    /** What did not land is still due, under another number. */
    @Test
    void batchesThatAreNumberedBeforehandMoveTheCheckpointBehindTheLastOfThem() {
        Advance first = new Advance.PastBatch(new Position.Worked(4));
        Advance second = new Advance.PastBatch(new Position.Worked(5));
        Position behindBoth = new Position.Worked(6);
        assertThat(first.from(at(new Position.Worked(4)))).isEqualTo(new Position.Worked(5));
        assertThat(second.from(at(new Position.Worked(4)))).isEqualTo(behindBoth);
        assertThat(first.from(at(behindBoth))).as("no step back").isEqualTo(behindBoth);
        assertThat(second.from(at(new Position.Worked(5)))).isEqualTo(behindBoth);
        assertRefused(first, new Position.Ended());
        assertThat(first.isShared()).isTrue();
    }

    @Test
    void aPartitionIsReadOnce() {
        Advance march = new Advance.PastPartition("2026-03..2026-04");
        Partitions two = new Partitions(List.of("2026-03..2026-04", "undated"), true);
        Position rest = march.from(at(two));
        assertThat(rest).isEqualTo(new Partitions(List.of("undated"), true));
        assertRefused(march, rest);
        assertThat(new Advance.PastPartition("undated").from(at(rest))).isEqualTo(new Position.Ended());
        assertThat(march.isShared()).isTrue();
    }

    @Test
    void rowsWithinAPartitionLeaveTheCheckpoint() {
        Partitions left = new Partitions(List.of("undated"), false);
        assertThat(new Advance.WithinPartition().from(at(left))).isSameAs(left);
        assertThat(new Advance.WithinPartition().isShared()).isTrue();
    }

    @Test
    void aPassOfAnotherKindOrOneThatHasEndedIsNotMoved() {
        assertRefused(new Advance.PastIds(new IdRange(0, 10L)), new Position.Ended());
        assertRefused(new Advance.PastPartition("undated"), new Position.Ended());
        assertRefused(new Advance.PastPartition("undated"), Unread.ALL);
    }

    private static void assertRefused(Advance advance, Position position) {
        SyncException refused = catchThrowableOfType(SyncException.class, () -> advance.from(at(position)));
        assertThat(refused.code()).isEqualTo(CheckpointErrorCode.CHECKPOINT_MOVED);
        assertThat(refused).hasMessageContaining("company=7 stream=customers pass=walk run=3");
    }

    private static Checkpoint at(Position position) {
        return new Checkpoint(7, "customers", PassKind.WALK, 3, position);
    }
}

package fr.pennylanesync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.checkpoint.Position.Ended;
import fr.pennylanesync.checkpoint.Position.Unread;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnreadTest {

    private static final long IDS = 300;

    /**
     * Whatever is read in whatever order: an id is unread until it is read, and the pass has ended only when none is
     * left.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void forgetsNothingAndEndsWhenAllIsRead(long seed) {
        Random random = new Random(seed);
        List<Long> unread = new ArrayList<>(LongStream.rangeClosed(1, IDS).boxed().toList());
        Position position = Unread.ALL;
        while (position instanceof Unread at) {
            assertThat(LongStream.rangeClosed(1, IDS).boxed().filter(id -> holds(at, id))).isEqualTo(unread);
            IdRange range = at.ranges().get(random.nextInt(at.ranges().size()));
            IdRange read = partOf(range, random);
            position = at.without(read).orElseThrow();
            unread.removeIf(id -> holds(read, id));
        }
        assertThat(position).isEqualTo(new Ended());
        assertThat(unread).isEmpty();
    }

    @Test
    void whatIsReadAlreadyIsNotReadAgain() {
        Unread behindTen = (Unread) Unread.ALL.without(new IdRange(0, 10L)).orElseThrow();
        assertThat(behindTen.without(new IdRange(5, 20L))).isEmpty();
        assertThat(behindTen.without(IdRange.ALL)).isEmpty();
        assertThat(behindTen.without(new IdRange(10, 20L))).contains(new Unread(List.of(new IdRange(20, null))));
    }

    @Test
    void rangesAscend() {
        assertThatThrownBy(() -> new IdRange(5, 5L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IdRange(-1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Unread(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static IdRange partOf(IdRange range, Random random) {
        long end = range.upto() == null ? IDS : range.upto();
        if (range.after() >= end || random.nextInt(10) == 0) {
            return range;
        }
        long after = range.after() + random.nextLong(end - range.after());
        return new IdRange(after, after + 1 + random.nextLong(end - after));
    }

    private static boolean holds(Unread position, long id) {
        return position.ranges().stream().anyMatch(range -> holds(range, id));
    }

    private static boolean holds(IdRange range, long id) {
        return id > range.after() && (range.upto() == null || id <= range.upto());
    }
}

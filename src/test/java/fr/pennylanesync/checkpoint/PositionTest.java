package fr.pennylanesync.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.pennylanesync.checkpoint.Position.AfterId;
import fr.pennylanesync.checkpoint.Position.Drained;
import fr.pennylanesync.checkpoint.Position.Ended;
import fr.pennylanesync.checkpoint.Position.Pages;
import fr.pennylanesync.checkpoint.Position.Partitions;
import fr.pennylanesync.checkpoint.Position.Reading;
import fr.pennylanesync.checkpoint.Position.Slice;
import fr.pennylanesync.checkpoint.Position.Unread;
import fr.pennylanesync.checkpoint.Position.UnreadDates;
import fr.pennylanesync.checkpoint.Position.Worked;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.stream.PassKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PositionTest {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();

    /** These texts stand in the tables of installations: they must stay readable, and must be written as they are. */
    private static final Map<String, Position> STORED = Map.ofEntries(
            Map.entry("{\"kind\":\"unread\",\"ranges\":[{\"after\":5,\"upto\":9},{\"after\":20}]}",
                    new Unread(List.of(new IdRange(5, 9L), new IdRange(20, null)))),
            Map.entry("{\"kind\":\"after-id\",\"id\":4}", new AfterId(4)),
            Map.entry("{\"kind\":\"unread-dates\",\"ranges\":[{\"before\":\"2016-01-01\"},"
                    + "{\"from\":\"2026-01-01\",\"pages\":2}]}",
                    new UnreadDates(List.of(new DateRange(null, LocalDate.of(2016, 1, 1)),
                            new DateRange(LocalDate.of(2026, 1, 1), null, 2)))),
            Map.entry("{\"kind\":\"slice\",\"from\":\"2026-01-01\",\"days\":30,\"pages\":2}",
                    new Slice(LocalDate.of(2026, 1, 1), 30, 2)),
            Map.entry("{\"kind\":\"pages\",\"count\":3}", new Pages(3)),
            Map.entry("{\"kind\":\"worked\",\"batches\":6}", new Worked(6)),
            Map.entry("{\"kind\":\"drained\",\"processedAt\":\"2026-03-01T10:00:00Z\"}",
                    new Drained(Instant.parse("2026-03-01T10:00:00Z"))),
            Map.entry("{\"kind\":\"partitions\",\"unread\":[\"undated\"]}", new Partitions(List.of("undated"), false)),
            Map.entry("{\"kind\":\"partitions\",\"unread\":[\"undated\"],\"again\":true}",
                    new Partitions(List.of("undated"), true)),
            Map.entry("{\"kind\":\"reading\",\"partition\":\"2026-03\",\"reading\":8,\"batches\":1}",
                    new Reading("2026-03", 8, 1)),
            Map.entry("{\"kind\":\"ended\"}", new Ended()));

    @Test
    void positionsAreWrittenAndReadAsTheyStand() throws JsonProcessingException {
        for (Map.Entry<String, Position> stored : STORED.entrySet()) {
            assertThat(JSON.writerFor(Position.class).writeValueAsString(stored.getValue()))
                    .isEqualTo(stored.getKey());
            assertThat(JSON.readValue(stored.getKey(), Position.class)).isEqualTo(stored.getValue());
        }
    }

    @Test
    void aPositionNamesTheBatchThatIsReadNext() {
        assertThat(new Unread(List.of(new IdRange(5, 9L), new IdRange(20, null))).batchKey()).isEqualTo("after 5");
        assertThat(new AfterId(4).batchKey()).isEqualTo("after 4");
        assertThat(new Slice(LocalDate.of(2026, 1, 1), 30, 2).batchKey()).isEqualTo("from 2026-01-01 page 3");
        assertThat(new Slice(null, 0, 0).batchKey()).isEqualTo("from the beginning page 1");
        assertThat(new Pages(3).batchKey()).isEqualTo("page 4");
        assertThat(new Worked(6).batchKey()).isEqualTo("batch 7");
        assertThat(new Drained(Instant.EPOCH).batchKey()).isEqualTo("since 1970-01-01T00:00:00Z");
        assertThat(new Partitions(List.of("a", "b"), false).batchKey()).isEqualTo("partitions 2");
        assertThat(new Reading("2026-03", 8, 1).batchKey()).isEqualTo("partition 2026-03 reading 8 batch 2");
        assertThat(new Reading("2026-03", 8, 1).prefix()).isEqualTo("partition 2026-03 reading 8 batch ");
        assertThatThrownBy(() -> new Ended().batchKey()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void positionsGoOn() {
        assertThat(new Worked(6).next()).isEqualTo(new Worked(7));
        assertThat(UnreadDates.of(new Slice(LocalDate.EPOCH, 30, 2)).orElseThrow())
                .isEqualTo(new UnreadDates(List.of(new DateRange(LocalDate.EPOCH, null, 2))));
        assertThat(UnreadDates.of(new Pages(1))).isEmpty();
        Partitions two = new Partitions(List.of("a", "b"), true);
        assertThat(two.without("a")).isEqualTo(new Partitions(List.of("b"), true));
        assertThat(two.without("c")).isEqualTo(two);
        assertThat(new Partitions(List.of("a"), true).without("a")).isEqualTo(new Ended());
    }

    @Test
    void aCheckpointHasEndedExactlyWhenItsPositionHas() {
        Checkpoint at = new Checkpoint(7, "customers", PassKind.SWEEP, 3, Unread.ALL);
        assertThat(at.isEnded()).isFalse();
        assertThat(at.at(new Ended()).isEnded()).isTrue();
        assertThat(at.at(new Ended())).isEqualTo(new Checkpoint(7, "customers", PassKind.SWEEP, 3, new Ended()));
        assertThat(Checkpoint.feed("customers")).isEqualTo("changelogs.customers");
    }

    @Test
    void aMovedCheckpointSaysWhichOne() {
        Checkpoint at = new Checkpoint(7, "customers", PassKind.SWEEP, 3, Unread.ALL);
        assertThat(at.moved().code()).isEqualTo(CheckpointErrorCode.CHECKPOINT_MOVED);
        assertThat(at.moved()).hasMessageContaining("company=7 stream=customers pass=sweep run=3");
    }

    @Test
    void codesOfCheckpointsHaveOneSource() {
        assertThat(CheckpointErrorCode.values()).extracting(ErrorCode::source).containsOnly("checkpoint");
        assertThat(CheckpointErrorCode.values()).extracting(ErrorCode::description).doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void aRangeHoldsWhatLiesWithinIt() {
        IdRange range = new IdRange(10, 20L);
        assertThat(range.contains(range)).isTrue();
        assertThat(range.contains(new IdRange(9, 20L))).isFalse();
        assertThat(range.contains(new IdRange(10, 21L))).isFalse();
        assertThat(range.contains(new IdRange(12, null))).isFalse();
        assertThat(new IdRange(10, null).contains(new IdRange(12, null))).isTrue();
        assertThat(new IdRange(10, null).contains(new IdRange(12, 13L))).isTrue();
        assertThat(range.to(15)).isEqualTo(new IdRange(10, 15L));
        assertThat(range.behind(15)).isEqualTo(new IdRange(15, 20L));
        assertThat(new IdRange(0, 1L).contains(new IdRange(0, 1L))).isTrue();
    }

    /** The order in which parts are read leaves no trace. */
    @Property
    void partsComeOffInAnyOrder(@ForAll @Size(min = 2, max = 12) List<@LongRange(min = 1, max = 400) Long> bounds,
            @ForAll Random random) {
        List<IdRange> parts = new ArrayList<>(parts(bounds));
        Optional<Position> ascending = without(parts);
        Collections.shuffle(parts, random);
        assertThat(without(parts)).isEqualTo(ascending).isPresent();
    }

    /** What is read comes off once: nothing that touches it is unread any more. */
    @Property
    void nothingThatWasReadIsUnread(@ForAll @LongRange(min = 0, max = 50) long after,
            @ForAll @LongRange(min = 1, max = 50) long width, @ForAll @LongRange(min = 0, max = 120) long otherAfter,
            @ForAll @LongRange(min = 1, max = 50) long otherWidth) {
        IdRange read = new IdRange(after, after + width);
        IdRange other = new IdRange(otherAfter, otherAfter + otherWidth);
        boolean apart = other.upto() <= read.after() || other.after() >= read.upto();
        Unread rest = (Unread) Unread.ALL.without(read).orElseThrow();
        assertThat(rest.without(other).isPresent()).isEqualTo(apart);
        assertThat(rest.ranges()).isSortedAccordingTo((one, two) -> Long.compare(one.after(), two.after()));
    }

    @Test
    void aPageMoreOfASliceTakesNoDayOff() {
        LocalDate from = LocalDate.of(2020, 1, 1);
        LocalDate middle = LocalDate.of(2021, 1, 1);
        UnreadDates all = new UnreadDates(List.of(new DateRange(from, null, 3)));
        assertThat(all.withPageOf(new DateRange(from, middle, 3)))
                .contains(new UnreadDates(List.of(new DateRange(from, null, 4))));
        assertThat(all.withPageOf(new DateRange(middle, null)))
                .as("of a slice that another reader has begun")
                .contains(new UnreadDates(List.of(new DateRange(from, middle, 3), new DateRange(middle, null, 1))));
        assertThat(all.begun()).isEqualTo(new UnreadDates(List.of(new DateRange(from, null))));
        assertThat(all.batchKey()).isEqualTo("from 2020-01-01 page 4");
    }

    @Test
    void slicesComeOffWhereTheyLie() {
        LocalDate from = LocalDate.of(2020, 1, 1);
        LocalDate middle = LocalDate.of(2021, 1, 1);
        LocalDate end = LocalDate.of(2022, 1, 1);
        UnreadDates rest = (UnreadDates) UnreadDates.ALL.without(new DateRange(middle, end)).orElseThrow();
        assertThat(rest).isEqualTo(new UnreadDates(List.of(new DateRange(null, middle), new DateRange(end, null))));
        assertThat(rest.without(new DateRange(from, end))).as("a part of it is read").isEmpty();
        assertThat(rest.without(new DateRange(null, from)))
                .contains(new UnreadDates(List.of(new DateRange(from, middle), new DateRange(end, null))));
        assertThat(new UnreadDates(List.of(new DateRange(end, null))).without(new DateRange(end, null)))
                .contains(new Ended());
        assertThatThrownBy(() -> new UnreadDates(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DateRange(end, from)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DateRange(from, end, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Neighbouring ranges whose bounds are the distinct numbers, each second one left out. */
    private static List<IdRange> parts(List<Long> bounds) {
        List<Long> distinct = List.copyOf(new TreeSet<>(bounds));
        List<IdRange> parts = new ArrayList<>();
        for (int i = 0; i + 1 < distinct.size(); i += i % 3 == 0 ? 1 : 2) {
            parts.add(new IdRange(distinct.get(i), distinct.get(i + 1)));
        }
        return parts;
    }

    private static Optional<Position> without(List<IdRange> parts) {
        Optional<Position> position = Optional.of(Unread.ALL);
        for (IdRange part : parts) {
            position = position.flatMap(at -> ((Unread) at).without(part));
        }
        return position;
    }
}

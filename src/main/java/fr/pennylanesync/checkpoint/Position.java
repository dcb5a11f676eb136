package fr.pennylanesync.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says how far a pass has come: it is what stands in {@code checkpoint.position}. API cursors are never part of it,
 * they do not survive.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
        @JsonSubTypes.Type(value = Position.Unread.class, name = "unread"),
        @JsonSubTypes.Type(value = Position.AfterId.class, name = "after-id"),
        @JsonSubTypes.Type(value = Position.UnreadDates.class, name = "unread-dates"),
        @JsonSubTypes.Type(value = Position.Slice.class, name = "slice"),
        @JsonSubTypes.Type(value = Position.Pages.class, name = "pages"),
        @JsonSubTypes.Type(value = Position.Worked.class, name = "worked"),
        @JsonSubTypes.Type(value = Position.Drained.class, name = "drained"),
        @JsonSubTypes.Type(value = Position.Partitions.class, name = "partitions"),
        @JsonSubTypes.Type(value = Position.Reading.class, name = "reading"),
        @JsonSubTypes.Type(value = Position.Ended.class, name = "ended")})
public sealed interface Position {

    /** Names the batch that is read next from here; unique within a run. */
    String batchKey();

    /**
     * All records are landed but those whose id lies in one of these ranges. They ascend and do not overlap.
     *
     * @param newest the list's newest id when it was asked for, which tells how much is left; null before
     */
    record Unread(List<IdRange> ranges, @JsonInclude(JsonInclude.Include.NON_NULL) Long newest) implements Position {
        public static final Unread ALL = new Unread(List.of(IdRange.ALL));

        public Unread {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty()) {
                throw new IllegalArgumentException("where nothing is unread, the pass has ended");
            }
        }

        /** Makes the position of a list of which nobody knows yet how long it is. */
        public Unread(List<IdRange> ranges) {
            this(ranges, null);
        }

        /** Returns the position with the newest id, as soon as that is known. */
        public Unread reaching(Optional<Long> id) {
            return new Unread(ranges, id.orElse(newest));
        }

        /** The position once a part is read as well; empty if not all of the part was unread. */
        public Optional<Position> without(IdRange read) {
            Optional<IdRange> whole = ranges.stream().filter(range -> range.contains(read)).findFirst();
            return whole.map(range -> {
                List<IdRange> rest = new ArrayList<>(ranges);
                int at = rest.indexOf(range);
                rest.remove(at);
                rest.addAll(at, apart(range, read));
                return rest.isEmpty() ? new Ended() : new Unread(rest, newest);
            });
        }

        private static List<IdRange> apart(IdRange whole, IdRange read) {
            List<IdRange> rest = new ArrayList<>();
            if (whole.after() < read.after()) {
                rest.add(whole.to(read.after()));
            }
            if (read.upto() != null && !read.upto().equals(whole.upto())) {
                rest.add(whole.behind(read.upto()));
            }
            return rest;
        }

        @Override
        public String batchKey() {
            return new AfterId(ranges.get(0).after()).batchKey();
        }
    }

    /** One reader of several: what it reads next begins behind this id. */
    record AfterId(long id) implements Position {
        @Override
        public String batchKey() {
            return "after " + id;
        }
    }

    /**
     * All records are landed but those whose date lies in one of these ranges; of each, some pages of the slice that
     * begins it. They ascend and do not overlap.
     */
    record UnreadDates(List<DateRange> ranges) implements Position {
        public static final UnreadDates ALL = new UnreadDates(List.of(DateRange.ALL));

        public UnreadDates {
            ranges = List.copyOf(ranges);
            if (ranges.isEmpty()) {
                throw new IllegalArgumentException("where nothing is unread, the pass has ended");
            }
        }

        /**
         * Returns the position of a list that is read by its dates: where one reader alone stood, all behind that was
         * left. Positions were stored so before there were several.
         */
        public static Optional<UnreadDates> of(Position position) {
            if (position instanceof Slice slice) {
                return Optional.of(
                        new UnreadDates(List.of(new DateRange(slice.from(), null, slice.pages()))));
            }
            return position instanceof UnreadDates dates ? Optional.of(dates) : Optional.empty();
        }

        /** The same days, each slice before its first page: the cursor in it is gone. */
        public UnreadDates begun() {
            return new UnreadDates(ranges.stream().map(DateRange::begun).toList());
        }

        /** The position once a slice is read as well; empty if not all of it was unread. */
        public Optional<Position> without(DateRange read) {
            return with(read, List.of());
        }

        /**
         * The position once a page more of a slice is read; empty if the slice was not unread.
         *
         * @param slice with the pages that were read before
         */
        public Optional<Position> withPageOf(DateRange slice) {
            return with(slice, List.of(slice.withPage()));
        }

        private Optional<Position> with(DateRange part, List<DateRange> instead) {
            return ranges.stream().filter(range -> range.contains(part)).findFirst().map(whole -> {
                List<DateRange> rest = new ArrayList<>(ranges);
                int at = rest.indexOf(whole);
                rest.remove(at);
                rest.addAll(at, apart(whole, part, instead));
                return rest.isEmpty() ? new Ended() : new UnreadDates(joined(rest));
            });
        }

        /** Joins neighbours: what is not begun goes on with what lies before it, as the next slice may do. */
        private static List<DateRange> joined(List<DateRange> apart) {
            List<DateRange> joined = new ArrayList<>();
            for (DateRange range : apart) {
                int last = joined.size() - 1;
                if (last >= 0 && range.pages() == 0 && range.from().equals(joined.get(last).before())) {
                    joined.set(last, new DateRange(joined.get(last).from(), range.before(), joined.get(last).pages()));
                } else {
                    joined.add(range);
                }
            }
            return joined;
        }

        private static List<DateRange> apart(DateRange whole, DateRange part, List<DateRange> instead) {
            List<DateRange> rest = new ArrayList<>();
            if (!Objects.equals(whole.from(), part.from())) {
                rest.add(whole.upTo(part.from()));
            }
            rest.addAll(instead);
            if (part.before() != null && !part.before().equals(whole.before())) {
                rest.add(whole.startingAt(part.before()));
            }
            return rest;
        }

        @Override
        public String batchKey() {
            return new Slice(ranges.get(0).from(), 0, ranges.get(0).pages()).batchKey();
        }
    }

    /**
     * One reader of several: so many pages of the slice of days that begins here are landed.
     *
     * @param from null for the slice that has no beginning
     * @param days the slice's length, where it has a beginning
     */
    record Slice(LocalDate from, int days, int pages) implements Position {
        @Override
        public String batchKey() {
            return "from " + (from == null ? "the beginning" : from) + " page " + (pages + 1);
        }
    }

    /** So many pages of a list that cannot be resumed: after a restart it is begun again. */
    record Pages(int count) implements Position {
        @Override
        public String batchKey() {
            return "page " + (count + 1);
        }
    }

    /** So many batches of sub-lists were worked off; what is still due stands in the table {@code due}. */
    record Worked(long batches) implements Position {
        /** One batch on. */
        public Worked next() {
            return new Worked(batches + 1);
        }

        @Override
        public String batchKey() {
            return "batch " + (batches + 1);
        }
    }

    /** All events of a changelog feed that were processed up to this instant of the API's clock are noted. */
    record Drained(Instant processedAt) implements Position {
        @Override
        public String batchKey() {
            return "since " + processedAt;
        }
    }

    /**
     * All partitions of the data sharing are landed but these; each can only be read as a whole.
     *
     * @param again whether they are but some months of a table, read once more
     */
    record Partitions(List<String> unread, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean again)
            implements Position {
        public Partitions {
            unread = List.copyOf(unread);
        }

        /** The position with parts of one of them in its place. */
        public Position with(String whole, List<String> parts) {
            return new Partitions(unread.stream()
                    .flatMap(partition -> partition.equals(whole) ? parts.stream() : Stream.of(partition)).toList(),
                    again);
        }

        /** The position once one of them is read as well. */
        public Position without(String read) {
            List<String> rest = unread.stream().filter(partition -> !partition.equals(read)).toList();
            return rest.isEmpty() ? new Ended() : new Partitions(rest, again);
        }

        @Override
        public String batchKey() {
            return "partitions " + unread.size();
        }
    }

    /**
     * One reader of several: where it is within a partition of the data sharing.
     *
     * @param reading tells apart the times that a partition was read
     */
    record Reading(String partition, long reading, int batches) implements Position {
        @Override
        public String batchKey() {
            return prefix() + (batches + 1);
        }

        /** Returns the beginning of the names of all batches of this reading. */
        public String prefix() {
            return "partition " + partition + " reading " + reading + " batch ";
        }
    }

    /** The pass is complete; the next one is a new run. */
    record Ended() implements Position {
        @Override
        public String batchKey() {
            throw new IllegalStateException("a pass that has ended reads no batch");
        }
    }
}

package fr.pennylanesync.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;

/**
 * Days from {@code from} on, without {@code before}.
 *
 * @param from null for a range without a beginning
 * @param before null for a range without an end
 * @param pages how many pages of the slice that begins with the range are landed
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record DateRange(LocalDate from, LocalDate before, int pages) {

    /** Every day. */
    public static final DateRange ALL = new DateRange(null, null);

    public DateRange {
        if (from != null && before != null && !from.isBefore(before)) {
            throw new IllegalArgumentException("a range of days ascends");
        }
        if (pages < 0) {
            throw new IllegalArgumentException("a number of pages is not negative");
        }
    }

    /** Makes a range of which nothing is landed. */
    public DateRange(LocalDate from, LocalDate before) {
        this(from, before, 0);
    }

    public boolean contains(DateRange part) {
        boolean begins = from == null || part.from != null && !part.from.isBefore(from);
        boolean ends = before == null || part.before != null && !part.before.isAfter(before);
        return begins && ends;
    }

    /** Returns the part of it without a day and those behind it; what is landed is landed of that part. */
    public DateRange upTo(LocalDate day) {
        return new DateRange(from, day, pages);
    }

    /** Returns the part of it that begins with a day. */
    public DateRange startingAt(LocalDate day) {
        return new DateRange(day, before);
    }

    /** Returns the range with one page more. */
    DateRange withPage() {
        return new DateRange(from, before, pages + 1);
    }

    /** Returns the range before its first page. */
    DateRange begun() {
        return new DateRange(from, before);
    }
}

package fr.pennylanesync.landing.state;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Days from the first to the last, both included. */
public record DatePeriod(LocalDate first, LocalDate last) {

    public DatePeriod {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("a period ends on its first day at the earliest");
        }
    }

    /** The calendar year of a day. */
    public static DatePeriod yearOf(LocalDate day) {
        return new DatePeriod(day.with(TemporalAdjusters.firstDayOfYear()),
                day.with(TemporalAdjusters.lastDayOfYear()));
    }

    /** The months of the period; the first and the last may be cut. */
    public List<DatePeriod> months() {
        List<DatePeriod> months = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.with(TemporalAdjusters.firstDayOfNextMonth())) {
            LocalDate end = day.with(TemporalAdjusters.lastDayOfMonth());
            months.add(new DatePeriod(day, end.isAfter(last) ? last : end));
        }
        return months;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}

package fr.pennylanesync.landing.state;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

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
}

package fr.pennylanesync.audit;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Days from the first to the last, both included. */
record Period(LocalDate first, LocalDate last) {

    Period {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("a period ends on its first day at the earliest");
        }
    }

    /** The months of the period; the first and the last may be cut. */
    List<Period> months() {
        List<Period> months = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.with(TemporalAdjusters.firstDayOfNextMonth())) {
            LocalDate end = day.with(TemporalAdjusters.lastDayOfMonth());
            months.add(new Period(day, end.isAfter(last) ? last : end));
        }
        return months;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}

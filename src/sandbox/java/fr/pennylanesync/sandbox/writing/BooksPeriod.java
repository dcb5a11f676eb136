package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Stamps;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The days the books cover: three calendar years up to their last day. */
public record BooksPeriod(LocalDate end) {

    private static final long DAY_MICROS = 86_400_000_000L;

    LocalDate start() {
        return LocalDate.of(end.getYear() - 2, 1, 1);
    }

    /** The day of the n-th of a number of documents spread over the books, give or take a few days. */
    LocalDate spread(int index, int count, SeededRandom random) {
        long days = end.toEpochDay() - start().toEpochDay();
        long day = start().toEpochDay() + days * index / count + random.between(-4, 4);
        return clamp(LocalDate.ofEpochDay(day));
    }

    LocalDate clamp(LocalDate day) {
        if (day.isBefore(start())) {
            return start();
        }
        return day.isAfter(end) ? end : day;
    }

    /** Created on the given day, last updated the same moment or some weeks later, never after the books' end. */
    Stamps stamps(LocalDate day, SeededRandom random) {
        long created = micros(day, random);
        long updated = random.chance(60) ? created + random.between(0, 50 * DAY_MICROS) : created;
        return new Stamps(created, Math.max(created, Math.min(updated, endMicros())));
    }

    /** A moment of the day. */
    long micros(LocalDate day, SeededRandom random) {
        return day.toEpochDay() * DAY_MICROS + random.between(7 * 3_600_000_000L, 20 * 3_600_000_000L);
    }

    long endMicros() {
        return end.plusDays(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000L - 1;
    }
}

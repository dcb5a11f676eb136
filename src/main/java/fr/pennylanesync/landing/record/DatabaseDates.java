package fr.pennylanesync.landing.record;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Spells dates and instants as PostgreSQL reads them: the year without a sign and with as many digits as it has, years
 * before the first one as years before Christ, instants in UTC to the microsecond.
 */
final class DatabaseDates {

    /** PostgreSQL's day 0 of the Julian calendar, and the last days that its types hold. */
    private static final LocalDate FIRST = LocalDate.of(-4713, 11, 24);
    private static final LocalDate LAST = LocalDate.of(5_874_897, 12, 31);
    private static final LocalDate LAST_OF_INSTANTS = LocalDate.of(294_276, 12, 31);

    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 7, SignStyle.NEVER)
            .appendPattern("-MM-dd").toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true).toFormatter(Locale.ROOT);
    private static final String BEFORE_CHRIST = " BC";

    private DatabaseDates() {}

    /** @return empty if the type {@code date} has no place for it */
    static Optional<String> spell(LocalDate date) {
        return isWithin(date, LAST) ? Optional.of(DATE.format(date) + era(date)) : Optional.empty();
    }

    /** @return empty if the type {@code timestamptz} has no place for it */
    static Optional<String> spell(OffsetDateTime instant) {
        OffsetDateTime utc = instant.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        LocalDate date = utc.toLocalDate();
        return isWithin(date, LAST_OF_INSTANTS)
                ? Optional.of(DATE.format(date) + " " + TIME.format(utc) + "+00" + era(date))
                : Optional.empty();
    }

    private static boolean isWithin(LocalDate date, LocalDate last) {
        return !date.isBefore(FIRST) && !date.isAfter(last);
    }

    private static String era(LocalDate date) {
        return date.getYear() > 0 ? "" : BEFORE_CHRIST;
    }
}

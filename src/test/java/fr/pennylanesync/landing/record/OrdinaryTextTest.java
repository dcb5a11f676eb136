package fr.pennylanesync.landing.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.stream.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is taken for an ordinary text is spelled as the close look spells it. */
class OrdinaryTextTest {

    private static final List<String> DATES = List.of("2026-01-31", "2026-01-28", "2026-02-30", "2026-13-01",
            "2026-00-10", "0999-01-01", "1000-12-28", "infinity", "2026-1-001", "20260-1-01", "2026/01/01",
            "2026-01-00");
    private static final List<String> TIMES = List.of("00:00:00.000000", "12:34:56.123456", "12:34:56.100000",
            "24:00:00.000000", "23:60:00.000000", "23:59:60.000000", "12:34:56,123456", "12:34:56.12345x");
    private static final List<String> NUMBERS = List.of("0", "0.00", "-0.10", "12.50", "1200", "NaN", "Infinity", "-",
            ".5", "5.", "1e5", "123456789012345678", "1234567890123456789");

    @Test
    void datesAndInstantsAreSpelledAlike() {
        for (String date : DATES) {
            agree(date, ColumnType.DATE, date(date));
            for (String time : TIMES) {
                String text = date + " " + time;
                String ordinary = OrdinaryText.value(text, ColumnType.TIMESTAMPTZ);
                Optional<String> close = ColumnValue.of(JsonNodeFactory.instance.textNode(date + "T" + time + "Z"),
                        ColumnType.TIMESTAMPTZ);
                assertThat(ordinary == null || ordinary.equals(close.orElse(null))).as(text + ordinary + close)
                        .isTrue();
            }
        }
        assertThat(OrdinaryText.value("2026-01-28 12:34:56.100000", ColumnType.TIMESTAMPTZ))
                .isEqualTo("2026-01-28 12:34:56.1+00");
    }

    @Test
    void instantsOfTheApiAreSpelledAlike() {
        List<String> times = List.of("00:00:00Z", "12:34:56Z", "12:34:56.1Z", "12:34:56.120Z", "12:34:56.123456Z",
                "12:34:56.000000Z", "10:00:00.000Z", "12:34:56.Z", "12:34:56.1234567Z", "12:34Z", "12:34:56.12x4Z",
                "24:00:00Z", "23:59:60Z", "12:34:56+00:00", "12:34:56.500000+02:00", "12:34:56", "12:34:56.+20Z");
        for (String date : DATES) {
            for (String time : times) {
                String text = date + "T" + time;
                String ordinary = OrdinaryText.isoInstant(text);
                assertThat(ordinary == null || ordinary.equals(close(text))).as(text + " " + ordinary).isTrue();
            }
        }
        assertThat(OrdinaryText.isoInstant("2026-01-28T12:30:00.120Z")).isEqualTo("2026-01-28 12:30:00.12+00");
        assertThat(OrdinaryText.isoInstant("2026-01-28T12:30:00Z")).isEqualTo("2026-01-28 12:30:00+00");
        assertThat(OrdinaryText.isoInstant("Z")).isNull();
    }

    private static String close(String text) {
        try {
            return DatabaseDates.spell(OffsetDateTime.parse(text)).orElse(null);
        } catch (DateTimeException none) {
            return null;
        }
    }

    @Test
    void plainDecimalsAreWhatTheCloseLookTakes() {
        Pattern decimal = Pattern.compile("-?\\d+(\\.\\d+)?");
        for (String text : List.of("0", "12.50", "-3", "-0.10", "", "-", ".", "-.5", ".5", "5.", "1.2.3", "1e5", "+1",
                "1-2", "12 ")) {
            assertThat(OrdinaryText.isPlainDecimal(text)).as(text).isEqualTo(decimal.matcher(text).matches());
        }
    }

    private static boolean date(String text) {
        try {
            return LocalDate.parse(text).getYear() > 0;
        } catch (DateTimeException none) {
            return false;
        }
    }

    @Test
    void numbersAreSpelledAlike() {
        for (String number : NUMBERS) {
            String ordinary = OrdinaryText.value(number, ColumnType.NUMERIC);
            if (ordinary != null) {
                JsonNode node = JsonNodeFactory.withExactBigDecimals(true).numberNode(new BigDecimal(number));
                assertThat(ColumnValue.of(node, ColumnType.NUMERIC)).as(number).contains(ordinary);
            }
        }
        assertThat(OrdinaryText.value("12.50", ColumnType.NUMERIC)).isEqualTo("12.50");
    }

    private static void agree(String text, ColumnType type, boolean valid) {
        String ordinary = OrdinaryText.value(text, type);
        assertThat(ordinary == null || valid && ordinary.equals(text)).as(text).isTrue();
    }
}

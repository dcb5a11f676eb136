package fr.pennylanesync.landing.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import fr.pennylanesync.stream.ColumnType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are spelled as the database reads them, or do not fit. */
class ColumnValueTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "DATE        | 2026-12-31                         | 2026-12-31",
            "DATE        | +12026-12-31                       | 12026-12-31",
            "DATE        | +5874897-12-31                     | 5874897-12-31",
            "DATE        | +5874898-01-01                     | -",
            "DATE        | 0000-02-29                         | 0001-02-29 BC",
            "DATE        | -0043-03-15                        | 0044-03-15 BC",
            "DATE        | -4713-11-24                        | 4714-11-24 BC",
            "DATE        | -4713-11-23                        | -",
            "DATE        | 2026-02-29                         | -",
            "TIMESTAMPTZ | 2026-02-28T10:11:12.123456Z        | 2026-02-28 10:11:12.123456+00",
            "TIMESTAMPTZ | 2026-02-28T10:11:12.1234567+18:00  | 2026-02-27 16:11:12.123456+00",
            "TIMESTAMPTZ | +12026-01-01T00:00:00Z             | 12026-01-01 00:00:00+00",
            "TIMESTAMPTZ | -0001-01-01T00:00-01:00            | 0002-01-01 01:00:00+00 BC",
            "TIMESTAMPTZ | +294277-01-01T01:00+02:00          | 294276-12-31 23:00:00+00",
            "TIMESTAMPTZ | +294277-01-01T00:00Z               | -",
            "TIMESTAMPTZ | 2026-02-28T10:11:12                | -"})
    void datesAndInstants(ColumnType type, String value, String spelled) {
        assertThat(ColumnValue.of(TextNode.valueOf(value), type).orElse(null)).isEqualTo(spelled);
    }
}

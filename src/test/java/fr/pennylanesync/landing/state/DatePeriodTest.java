package fr.pennylanesync.landing.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A period has its days from the first to the last. */
class DatePeriodTest {

    @Test
    void aYearFallsIntoItsMonths() {
        DatePeriod year = new DatePeriod(LocalDate.of(2024, 1, 15), LocalDate.of(2024, 3, 10));
        assertThat(year.months()).extracting(DatePeriod::toString).containsExactly("2024-01-15..2024-01-31",
                "2024-02-01..2024-02-29", "2024-03-01..2024-03-10");
        assertThatThrownBy(() -> new DatePeriod(year.last(), year.first()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.TestStreams;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Totals by account have neither an id nor a year of their own. */
class PeriodPaginatorTest {

    private static final DatePeriod YEAR = DatePeriod.yearOf(LocalDate.of(2025, 6, 1));

    private final PeriodPaginator paginator = new PeriodPaginator(
            TestStreams.list("trial_balance", ReadStrategy.FISCAL_YEARS, 100),
            List.of(YEAR, DatePeriod.yearOf(LocalDate.of(2026, 6, 1))));

    /** Another id would make every total that is landed another row. */
    @Test
    void anAccountOfAYearHasTheIdThatItAlwaysHad() {
        assertThat(completed().path("id").longValue()).isEqualTo(5621346712127920132L);
        paginator.advance(false, Optional.empty());
        assertThat(completed().path("id").longValue()).isNotEqualTo(5621346712127920132L);
    }

    @Test
    void aTotalGetsItsYearAndItsBalance() {
        JsonNode row = completed();
        assertThat(row.path("fiscal_period_start").asText()).isEqualTo("2025-01-01");
        assertThat(row.path("fiscal_period_finish").asText()).isEqualTo("2025-12-31");
        assertThat(row.path("balance").asText()).isEqualTo("-9.50");
    }

    private JsonNode completed() {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("number", "401").put("debits", "0.50")
                .put("credits", "10.00");
        return paginator.complete(new Page(List.of(row), false, Optional.empty(), Map.of())).items().get(0);
    }
}

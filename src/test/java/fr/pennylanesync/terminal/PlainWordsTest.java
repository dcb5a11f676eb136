package fr.pennylanesync.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainWordsTest {

    @Test
    void oneIsNotSeveral() {
        assertThat(PlainWords.count(1, "warning")).isEqualTo("1 warning");
        assertThat(PlainWords.count(0, "warning")).isEqualTo("0 warnings");
        assertThat(PlainWords.count(1_200, "entry", "entries")).isEqualTo("1,200 entries");
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "59,59 s", "60,1 min", "3599,59 min", "3600,1 h", "172799,47 h", "172800,2 d"})
    void aSpanHasOneUnit(long seconds, String text) {
        assertThat(PlainWords.span(Duration.ofSeconds(seconds))).isEqualTo(text);
        assertThat(PlainWords.span(Duration.ofSeconds(-1))).isEqualTo("0 s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"99999|99,999", "100000|100k", "999999|999k", "1000000|1.0M",
            "12399999|12.3M"})
    void aLargeNumberIsBrief(long number, String text) {
        assertThat(PlainWords.brief(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"customer_invoice,customer_invoices", "Customer-Invoices,customer_invoices", "supplier,suppliers",
            "jornals,journals"})
    void findsTheNameThatWasMeant(String typed, String meant) {
        assertThat(PlainWords.meant(typed, List.of("suppliers", "customer_invoices", "journals", "quotes")))
                .contains(meant);
    }

    @Test
    void suggestsNothingThatIsFarAway() {
        assertThat(PlainWords.didYouMean("invoices", List.of("journals", "quotes"))).isEmpty();
        assertThat(PlainWords.didYouMean("acne", List.of("acme", "other"))).isEqualTo(" Did you mean acme?");
    }

    @Test
    void aLongTextIsBrokenBetweenWords() {
        assertThat(PlainWords.wrap("  one two three four", 10, "    ")).containsExactly("  one two", "    three",
                "    four");
        assertThat(PlainWords.wrap("a_word_that_is_longer_than_the_line b", 10, "  "))
                .containsExactly("a_word_that_is_longer_than_the_line", "  b");
        assertThat(PlainWords.cut("customer_invoices", 9)).isEqualTo("customer…");
    }
}

package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageRequestTest {

    @Test
    void writesTheExactQuery() {
        PageRequest request = PageRequest.of("/customer_invoices", 100)
                .sortedBy("id")
                .where(Condition.of("id", Operator.GT, 41))
                .where(Condition.of("date", Operator.GTEQ, LocalDate.of(2026, 1, 1)))
                .including("invoice_lines");
        assertThat(request.query())
                .isEqualTo("limit=100&sort=id&filter=%5B%7B%22field%22%3A%22id%22%2C%22operator%22%3A"
                        + "%22gt%22%2C%22value%22%3A41%7D%2C%7B%22field%22%3A%22date%22%2C%22operator%22%3A%22gteq%22%"
                        + "2C%22value"
                        + "%22%3A%222026-01-01%22%7D%5D&include=invoice_lines");
    }

    @Test
    void repeatsFilterAndSortOnEveryPage() {
        PageRequest first = PageRequest.of("/transactions", 100).sortedBy("id")
                .where(Condition.of("date", Operator.LT, LocalDate.of(2026, 2, 1)));
        assertThat(first.after("a+b/c==").query()).isEqualTo(
                first.query().replace("limit=100", "limit=100&cursor=a%2Bb%2Fc%3D%3D"));
    }

    @Test
    void leavesTheStartDateToTheFirstPageOfAChangelog() {
        PageRequest first = PageRequest.of("/changelogs/customers", 1000).with("start_date", "2026-11-01T00:00:00Z");
        assertThat(first.query()).isEqualTo("limit=1000&start_date=2026-11-01T00%3A00%3A00Z");
        assertThat(first.after("x").query()).isEqualTo("limit=1000&cursor=x");
        assertThatThrownBy(() -> first.after("x").with("start_date", "2026-11-01T00:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decodesToTheSameFilterForAnyText() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            String text = random.ints(random.nextInt(30), 1, 0x11000)
                    .filter(point -> !(point >= 0xD800 && point <= 0xDFFF))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            PageRequest request =
                    PageRequest.of("/customers", 20)
                            .where(new Condition("name", Operator.GTEQ, TextNode.valueOf(text)));
            assertThat(request.query()).matches("[A-Za-z0-9_.~%&=-]+");
            assertThat(filterOf(request).get(0).get("value").textValue()).isEqualTo(text);
        }
    }

    @Test
    void keepsIdsExact() {
        List<Long> ids = List.of(Long.MAX_VALUE, 9_007_199_254_740_993L, 1L);
        PageRequest request = PageRequest.of("/customers", 100).where(Condition.in("id", ids));
        assertThat(filterOf(request).get(0).get("value").toString())
                .isEqualTo("[9223372036854775807,9007199254740993,1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+id", "id,date", "id desc", "ID", "--id", ""})
    void refusesASortThatPennylaneDoesNotKnow(String sort) {
        assertThatThrownBy(() -> PageRequest.of("/customers", 20).sortedBy(sort))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "per_page", "offset", "filter", "cursor", "Start"})
    void refusesParametersThatAreNotTheEndpointsOwn(String name) {
        assertThatThrownBy(() -> PageRequest.of("/customers", 20).with(name, "1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"customers", "/customers/", "/../me", "/customers?x=1", "//host/x", "/Customers", "/%2e%2e"})
    void refusesAnythingButAPlainPath(String path) {
        assertThatThrownBy(() -> PageRequest.of(path, 20)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFilterValueIsAWholeNumberATextOrATruthValue() {
        for (JsonNode value : List.of(LongNode.valueOf(1), TextNode.valueOf("x"), BooleanNode.TRUE)) {
            assertThat(new Condition("name", Operator.GTEQ, value).value()).isEqualTo(value);
        }
        for (JsonNode value : List.of(DoubleNode.valueOf(1.5), NullNode.instance)) {
            assertThatThrownBy(() -> new Condition("name", Operator.GTEQ, value))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesALimitThatPennylaneDoesNotKnow() {
        assertThat(PageRequest.of("/customers", 1000).limit()).isEqualTo(1000);
        for (int limit : new int[] {-1, 0, 1001}) {
            assertThatThrownBy(() -> PageRequest.of("/customers", limit)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesImpossibleConditions() {
        assertThatThrownBy(() -> Condition.in("id", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Condition.in("id", LongStream.range(0, 101).boxed().toList()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Condition.of("id", Operator.IN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Condition("name", Operator.GTEQ, TextNode.valueOf("\ud800")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PageRequest.of("/customers", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PageRequest.of("/customers", 1001)).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode filterOf(PageRequest request) {
        Map<String, String> parameters = Arrays.stream(request.query().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        try {
            return ExactJson.MAPPER.readTree(parameters.get("filter"));
        } catch (IOException invalid) {
            throw new AssertionError(invalid);
        }
    }
}

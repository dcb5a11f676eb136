package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be taken of one item is left out of that item alone, which is kept whole as text. */
class TreeReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '§', value = {
            "{\"id\":1,\"a\":1,\"a\":2,\"b\":3}             | KEY_TWICE        | {\"id\":1,\"b\":3}",
            "{\"id\":1,\"a\":{\"x\":1,\"x\":{\"y\":[1]}},\"b\":3} | KEY_TWICE   | {\"id\":1,\"b\":3}",
            "{\"id\":1,\"a\":1E131072,\"b\":\"ü\\n\"}       | NUMBER_TOO_LARGE | {\"id\":1,\"b\":\"ü\\n\"}",
            "{\"id\":1,\"a\":[{\"b\":[0,1E-16384]}]}        | NUMBER_TOO_LARGE | {\"id\":1}",
            "{\"id\":1,\"a\":1e99999999999}                 | NUMBER_TOO_LARGE | {\"id\":1}",
            "{\"id\":1,\"a\":[true,null,NaN],\"b\":false}   | NOT_A_NUMBER     | {\"id\":1,\"b\":false}",
            "{\"id\":1,\"id\":2}                            | KEY_TWICE        | {}"})
    void theFieldIsLeftOutAndTheItemIsKeptAsText(String item, String reason, String left) throws IOException {
        List<ObjectNode> items = items("{\"id\":0},%s,{\"id\":9}".formatted(item));

        assertThat(items.get(1)).isInstanceOfSatisfying(DamagedItem.class, damaged -> {
            assertThat(damaged.reason()).isEqualTo(reason);
            assertThat(damaged.text()).isEqualTo(item);
            assertThat(((ObjectNode) damaged.deepCopy()).toString()).isEqualTo(left);
        });
        assertThat(items.get(0)).isNotInstanceOf(DamagedItem.class);
        assertThat(items.get(2)).isNotInstanceOf(DamagedItem.class);
    }

    @Test
    void whatIsNestedTooDeepIsLeftOutWhole() throws IOException {
        String deep = "[".repeat(40_000) + "]".repeat(40_000);

        ObjectNode item = items("{\"id\":1,\"deep\":{\"x\":" + deep + "},\"b\":2}").get(0);

        assertThat(((DamagedItem) item).text()).startsWith("{\"id\":1,\"deep\":{\"x\":[[[").contains("characters more");
        assertThat(item.deepCopy().toString()).isEqualTo("{\"id\":1,\"b\":2}");
    }

    @Test
    void aTextOrANameBeyondAnyDocumentedSizeIsLeftOut() throws IOException {
        String text = "x".repeat(ExactJson.MAX_TEXT_LENGTH + 1);
        String name = "n".repeat(ExactJson.MAX_NAME_LENGTH + 1);

        assertThat(items("{\"id\":1,\"t\":\"" + text + "\"}").get(0).deepCopy().toString()).isEqualTo("{\"id\":1}");
        assertThat(items("{\"id\":1,\"" + name + "\":2}").get(0).deepCopy().toString()).isEqualTo("{\"id\":1}");
    }

    @Test
    void anItemThatIsNoObjectCanBeDamagedToo() throws IOException {
        Page page = PageReader.readWithOddItems(
                ExactJson.MAPPER.readTree("{\"items\":[null,7,[1,1E200000],1E200000,\"x\"],\"has_more\":false}"), "/x");

        assertThat(page.items()).extracting(item -> ((DamagedItem) item).reason()).containsExactly("NULL_ITEM",
                "NOT_AN_OBJECT", "NUMBER_TOO_LARGE", "NUMBER_TOO_LARGE", "NOT_AN_OBJECT");
        assertThat(page.items()).extracting(item -> ((DamagedItem) item).text()).containsExactly("null", "7",
                "[1,1E200000]", "1E200000", "\"x\"");
    }

    private static List<ObjectNode> items(String items) throws IOException {
        return PageReader.read(ExactJson.MAPPER.readTree("{\"items\":[" + items + "],\"has_more\":false}"), "/x")
                .items();
    }
}

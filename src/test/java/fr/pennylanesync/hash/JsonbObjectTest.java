package fr.pennylanesync.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.fuzz.Mutations;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is spelled without a tree is spelled as a tree is. */
class JsonbObjectTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true)).build();
    private static final int OBJECTS = 500;
    private static final List<String> SCALARS = List.of("null", "true", "false", "0", "-0.50", "12.30", "100", "-7",
            "123456789012345678901234567890.10", "1e70", "0.00", "\"\"", "\"caf\u00e9 \ud83d\ude00\"",
            "\"a\\\"b\\\\c\\n\"",
            "\"\\u001f\"", "\"\ufdd0fdd0\"", "\"\uff21\"", "\"/ < > &\"");
    private static final List<String> NAMES =
            List.of("id", "label", "amount", "a", "aa", "b", "B", "_", "date", "n\u00e9", "x y", "");
    private static final Mutations TEXTS = Mutations.of(
            List.of("{\"a\": 1, \"b\": {\"c\": [1.50, \"x\", null]}, \"label\": \"caf\u00e9\"}", "{}",
                    "{\"v\": -0.50, \"aa\": [], \"bb\": {}}"),
            ", ", ": ", "\"", "{", "}", "[", "]", "\\", "\\u0041", "0", "-", ".", "e5", "\u00ef", "null", "tru", ",",
            ":");

    private final Random random = new Random(1);

    @Test
    void whatPostgresWritesIsSpelledAsItsTreeIs() throws JsonProcessingException {
        List<String> written;
        try (Warehouse warehouse = TestWarehouse.create()) {
            written = warehouse.jdbc().sql("select d::jsonb::text from unnest(?::text[]) d")
                    .param(IntStream.range(0, OBJECTS).mapToObj(i -> object(3)).toArray(String[]::new))
                    .query(String.class).list();
        }
        JsonbObject object = new JsonbObject(List.of(List.of("id"), List.of("a", "b"), List.of("label", "a", "b")));
        int taken = 0;
        for (String text : written) {
            if (isTaken(object, text)) {
                taken++;
                JsonNode tree = JSON.readTree(text);
                assertThat(object.hash()).as(text).isEqualTo(CanonicalJson.hash(tree));
                found(object, 0, text, tree.path("id"));
                found(object, 1, text, tree.path("a").path("b"));
                found(object, 2, text, tree.path("label").path("a").path("b"));
            } else {
                assertThat(text).as("what is refused").containsPattern("\\\\u|[\uf000-\uffff]|n\u00e9|\\d{70}");
            }
        }
        assertThat(taken).isBetween(OBJECTS / 10, OBJECTS);
    }

    private static void found(JsonbObject object, int path, String text, JsonNode value)
            throws JsonProcessingException {
        boolean isThere = object.find(path);
        assertThat(isThere).as(text).isEqualTo(!value.isMissingNode() && !value.isNull());
        if (isThere) {
            byte[] utf8 = ("x" + text).getBytes(StandardCharsets.UTF_8);
            assertThat(JSON.readTree(new String(utf8, object.from(), object.to() - object.from(),
                    StandardCharsets.UTF_8))).isEqualTo(value);
        }
    }

    @Property(tries = 2_000)
    void whatIsTakenHasTheHashOfItsTree(@ForAll("texts") byte[] text) throws IOException {
        JsonbObject object = new JsonbObject(List.of(List.of("a"), List.of("b", "c")));
        boolean isUtf8 = Arrays.equals(text, new String(text, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
        if (object.read(text, 0, text.length) && isUtf8) {
            JsonNode tree;
            try {
                tree = JSON.readTree(new String(text, StandardCharsets.UTF_8));
            } catch (JsonProcessingException noJson) {
                return;
            }
            assertThat(object.hash()).as(CanonicalJson.text(tree)).isEqualTo(CanonicalJson.hash(tree));
        }
    }

    @Provide
    Arbitrary<byte[]> texts() {
        return TEXTS.inputs();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{\"a\":1}", "{\"a\": 1,\"b\": 2}", "{\"a\": 1", "{\"a\": }",
            "{\"a\": \"\\u0041\"}",
            "{\"a\": 1e5}", "{\"a\": -0}", "{\"a\": 01}", "{\"a\": .5}", "{\"a\": 1}}", "{\"a\": tru}",
            "{\"\u00e9\": 1}"})
    void whatPostgresDoesNotWriteIsRefused(String text) {
        assertThat(isTaken(new JsonbObject(List.of()), text)).isFalse();
    }

    @Test
    void objectsOfOtherNamesFollowOneAnother() throws JsonProcessingException {
        JsonbObject object = new JsonbObject(List.of(List.of("b")));
        for (String text : List.of("{\"b\": 1, \"a\": 2}", "{\"b\": 3, \"a\": 4}", "{\"c\": 1}", "{}",
                "{\"b\": 5, \"a\": \"\\u0001\"}",
                "{\"a\": 1, \"b\": 2, \"c\": 3}", "{\"c\": 1}", "{\"b\": 3, \"a\": 4}")) {
            if (isTaken(object, text)) {
                assertThat(object.hash()).isEqualTo(CanonicalJson.hash(JSON.readTree(text)));
                found(object, 0, text, JSON.readTree(text).path("b"));
            }
        }
    }

    private static boolean isTaken(JsonbObject object, String text) {
        byte[] between = ("x" + text + "y").getBytes(StandardCharsets.UTF_8);
        return object.read(between, 1, between.length - 2);
    }

    private String object(int depth) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(text.length() > 1 ? "," : "").append('"').append(NAMES.get(random.nextInt(NAMES.size())))
                    .append("\":").append(value(depth - 1));
        }
        return text.append('}').toString();
    }

    private String value(int depth) {
        return switch (depth > 0 ? random.nextInt(4) : 3) {
            case 0 -> object(depth);
            case 1 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
            case 2 -> "[]";
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }
}

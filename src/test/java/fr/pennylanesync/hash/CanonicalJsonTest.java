package fr.pennylanesync.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static final JsonMapper EXACT =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .nodeFactory(JsonNodeFactory.withExactBigDecimals(true)).build();

    @ParameterizedTest
    @CsvSource({"1, 1.0", "1, 1e0", "10, 1E+1", "0.1, 1e-1", "0, -0", "0, 0.000", "100, 1.00e2",
            "9007199254740993, 9007199254740993.0"})
    void oneNumberHasOneSpelling(String one, String other) throws Exception {
        assertThat(canonical(one)).isEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource({"9007199254740993, 9007199254740992", "0.1, 0.10000000000000000001", "1, '\"1\"'", "null, '\"null\"'",
            "0, false"})
    void differentValuesDiffer(String one, String other) throws Exception {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @Test
    void aHugeExponentStaysShort() throws Exception {
        assertThat(canonical("1e9999").length()).isLessThan(20);
        assertThat(canonical("1e9999")).isEqualTo(canonical("10e9998")).isNotEqualTo(canonical("1e9998"));
    }

    @Test
    void aNumberIsSpelledPlainUpToSixtyFourDigitsOfScale() throws Exception {
        assertThat(canonical("1e-64")).isEqualTo("0." + "0".repeat(63) + "1");
        assertThat(canonical("1e-65")).isEqualTo("1e-65");
        assertThat(canonical("1e64")).isEqualTo("1" + "0".repeat(64));
        assertThat(canonical("12e65")).isEqualTo("12e65");
    }

    @Test
    void deleteIsNoCharacterThatNeedsAnEscape() throws Exception {
        assertThat(canonical("\"a\u007fb\"")).isEqualTo("\"a\u007fb\"");
    }

    @Test
    void refusesFloats() {
        assertThatThrownBy(() -> CanonicalJson.text(JsonNodeFactory.instance.numberNode(0.1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysAreSortedAndTextIsEscapedAsInRfc8785() throws Exception {
        assertThat(canonical("{\"b\":\"é\\u0001\\n\\\"\\u2028\",\"a\":[1,{\"z\":null,\"y\":true}]}"))
                .isEqualTo("{\"a\":[1,{\"y\":true,\"z\":null}],\"b\":\"é\\u0001\\n\\\"\u2028\"}");
    }

    @Test
    void halfASurrogatePairKeepsItsIdentity() throws Exception {
        assertThat(canonical("\"\\ud800\"")).isEqualTo("\"\\ud800\"").isNotEqualTo(canonical("\"\\ud801\""));
        assertThat(canonical("\"\\ud83d\\ude00\"")).isEqualTo("\"😀\"");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keyOrderNumberSpellingAndWhiteSpaceDoNotMatter(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Tree tree = Tree.random(random, 4);
            JsonNode one = EXACT.readTree(tree.spelling(new Random(random.nextLong())));
            JsonNode other = EXACT.readTree(tree.spelling(new Random(random.nextLong())));
            assertThat(CanonicalJson.text(one)).isEqualTo(CanonicalJson.text(other));
            assertThat(CanonicalJson.text(EXACT.readTree(CanonicalJson.text(one)))).isEqualTo(CanonicalJson.text(one));
        }
    }

    private static String canonical(String json) throws Exception {
        return CanonicalJson.text(EXACT.readTree(json));
    }

    /** A JSON value that can be spelled in many ways. */
    private record Tree(String key, BigDecimal number, String text, List<Tree> children) {

        static Tree random(Random random, int depth) {
            List<Tree> children = new ArrayList<>();
            for (int i = 0; depth > 0 && i < random.nextInt(4); i++) {
                children.add(random(random, depth - 1));
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < random.nextInt(6); i++) {
                text.append((char) random.nextInt(0x10000));
            }
            return new Tree("k" + random.nextInt(1_000_000), BigDecimal.valueOf(random.nextLong(), random.nextInt(12)),
                    text.toString(), children);
        }

        String spelling(Random random) {
            List<String> fields = new ArrayList<>();
            fields.add("\"n\"" + space(random) + ":" + number(random));
            fields.add("\"t\":" + text(random));
            for (int i = 0; i < children.size(); i++) {
                fields.add("\"" + children.get(i).key + i + "\":" + children.get(i).spelling(random));
            }
            Collections.shuffle(fields, random);
            return space(random) + "{" + String.join("," + space(random), fields) + space(random) + "}";
        }

        private String number(Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> number.toPlainString();
                case 1 -> number.setScale(number.scale() + random.nextInt(5)).toPlainString();
                default -> number.unscaledValue() + "e" + -number.scale();
            };
        }

        private String text(Random random) {
            StringBuilder out = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                boolean plain = c >= 0x20 && c < 0xd800 && c != '"' && c != '\\';
                out.append(plain && random.nextBoolean() ? String.valueOf(c) : String.format("\\u%04x", (int) c));
            }
            return out.append('"').toString();
        }

        private static String space(Random random) {
            return " ".repeat(random.nextInt(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.00", "-0.00", "-0", "0.10", "-0.10", "1200", "1200.00", "12.3400", "-7", "-7.0",
            "007", "00.5", "0.0000000001", "123456789012345678901234567890.120",
            "1000000000000000000000000000000000000000"
                    + "00000000000000000000000000000000"})
    void aDecimalOfADatabaseIsSpelledAsAnyNumber(String digits) {
        StringBuilder exact = new StringBuilder();
        CanonicalJson.appendNumber(new java.math.BigDecimal(digits), exact);
        assertThat(new JsonSpeller(1).begin().decimal(digits).end()).hasToString(exact.toString());
    }

    /** RFC 8785, 3.2.2.2; half a surrogate pair, which it leaves open, by its number. */
    private static String spelled(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            int named = "\b\t\n\f\r\"\\".indexOf(point);
            if (named >= 0) {
                out.append('\\').append("btnfr\"\\".charAt(named));
            } else if (point < ' ' || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                out.append(String.format(Locale.ROOT, "\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.append('"').toString();
    }

    @Test
    void theSpellerSpellsEveryCharacterByTheRule() {
        JsonSpeller speller = new JsonSpeller(1);
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            for (String text : new String[] {"a" + (char) c, "" + (char) c + "\uDE00", "\uD83D" + (char) c + 'z'}) {
                String expected = spelled(text);
                SpelledJson spelled = speller.begin().text(text).end();
                if (!spelled.toString().equals(expected)) {
                    assertThat(spelled).as("U+%04x", c).hasToString(expected);
                }
                boolean usual = expected.indexOf("\\u") < 0 && expected.indexOf("\uFDD0") < 0;
                if (!usual && !spelled.unusual()) {
                    assertThat(spelled.unusual()).as("U+%04x", c).isTrue();
                }
            }
        }
        assertThat(speller.begin().text("Été \uD83D\uDE00 \\ \" \t").end().unusual()).isFalse();
    }
}

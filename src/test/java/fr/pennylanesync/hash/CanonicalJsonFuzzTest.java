package fr.pennylanesync.hash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.fuzz.Mutations;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A value has one spelling: it can be read back, and neither white space nor the form of a number changes its hash. */
public class CanonicalJsonFuzzTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true)).build();
    private static final Mutations DOCUMENTS = Mutations.of(
            List.of("{\"b\":[1,2.50,-0,1e3],\"a\":{\"\u00e9\":\"\\u2028\\\"\\n\",\"\":null}}",
                    "[0.000000000000000000000000000001,123456789012345678901234567890.10,1E-70]",
                    "\"\\ud83d\\ude00\\u0000\\u001f\"", "[true,false,null,[],{}]"),
            "1e64", "1e65", "-1E-64", "0.10", "00", "1.0", "10", "\\ud83d", "\\u0000", "\"a\":", "{", "}", "[", "]",
            ",", " ");

    @Property(tries = 500)
    void aValueHasOneSpelling(@ForAll("documents") byte[] document) throws IOException {
        fuzzerTestOneInput(document);
    }

    @Provide
    Arbitrary<byte[]> documents() {
        return DOCUMENTS.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] document) throws IOException {
        JsonNode value;
        try {
            value = JSON.readTree(document);
        } catch (IOException | NumberFormatException noJson) {
            // The second is how this reader, which is not the one of answers, refuses an exponent of many digits.
            return;
        }
        if (value.isMissingNode()) {
            return;
        }
        String spelled = CanonicalJson.text(value);
        assertThat(CanonicalJson.text(JSON.readTree(spelled))).isEqualTo(spelled);
        assertThat(CanonicalJson.hash(value)).isEqualTo(CanonicalJson.hash(spelled));
        assertThat(CanonicalJson.hash(JSON.readTree(value.toPrettyString()))).isEqualTo(CanonicalJson.hash(value));
    }
}

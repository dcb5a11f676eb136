package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.fuzz.Mutations;
import fr.pennylanesync.hash.CanonicalJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever answers, it is a page whose items have a spelling, or one of our failures: no other end. */
public class PageReaderFuzzTest {

    private static final Mutations ANSWERS = Mutations.of(List.of(
            "{\"items\":[{\"id\":1,\"amount\":\"12.50\"},{\"id\":2,\"rate\":1.10,\"big\":9007199254740993}],"
                    + "\"has_more\":true,\"next_cursor\":\"c1\"}",
            "{\"has_more\":false,\"next_cursor\":null,\"items\":[],"
                    + "\"included\":{\"lines\":{\"1\":{\"items\":[{\"id\":7}],"
                    + "\"has_more\":false}}}}",
            "{\"items\":[null,[],{\"id\":1,\"id\":2},{\"t\":\"\\u0000\\ud800\"}],\"has_more\":null}",
            "\u0066\ufeff<html>502</html>", "[1,2]", ""),
            "null", "\"items\"", "{\"items\":[", "]}", "\\ud800", "\\u0000", "1e999999999", "1E-12345678901234567890",
            "-0.0", "NaN", "Infinity",
            "\"has_more\":true", "\"next_cursor\":\"\"", "[[[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "\u00e9", "//",
            "{}{}");

    @Property(tries = 500)
    void anAnswerIsAPageOrOneOfOurFailures(@ForAll("answers") byte[] answer) throws IOException {
        fuzzerTestOneInput(answer);
    }

    @Provide
    Arbitrary<byte[]> answers() {
        return ANSWERS.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] answer) throws IOException {
        Page page;
        try {
            page = PageReader.read(new ByteArrayInputStream(answer), "/customers", ReadLimits.DEFAULT,
                    Deadline.in(Duration.ofMinutes(1)));
        } catch (SyncException failure) {
            assertThat(failure.code()).isInstanceOf(ApiErrorCode.class);
            return;
        }
        for (ObjectNode item : page.items()) {
            String spelled = CanonicalJson.text(item);
            assertThat(CanonicalJson.text(ExactJson.MAPPER.readTree(spelled))).isEqualTo(spelled);
        }
    }
}

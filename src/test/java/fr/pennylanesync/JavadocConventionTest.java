package fr.pennylanesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds comments to whole sentences: one that begins in its middle is understood only by who knows the rest. Holds
 * their tags to lines of their own.
 */
class JavadocConventionTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Pattern WITHOUT_SUBJECT = Pattern.compile("/\\*\\*[\\s*]*((?:What|Whatever|Whether|How|Where"
            + "|Wherever|Who|Whoever|Whose|Which|When|Why|That|Those|As|In)\\s[^\n]*)");
    /** Matches a tag behind other text: no tool takes it for a tag there. */
    private static final Pattern TAG_IN_A_LINE =
            Pattern.compile("/?\\*\\*? (?!@)([^*\n]* @(?:param|return|throws) [^\n]*)");

    @Test
    void aCommentBeginsWithItsSubjectOrItsVerb() throws IOException {
        assertThat(faultyIn(WITHOUT_SUBJECT)).isEmpty();
    }

    @Test
    void aTagBeginsItsLine() throws IOException {
        assertThat(faultyIn(TAG_IN_A_LINE)).isEmpty();
    }

    @Test
    void findsACommentThatBeginsInTheMiddleOfASentence() {
        assertThat(faults(WITHOUT_SUBJECT, "/** Whether it is so. */\n/**\n * Those of\n * the share.\n */"))
                .hasSize(2);
        assertThat(faults(WITHOUT_SUBJECT, "/** Tells whether it is so. */\n/** Howls. */\n// What for")).isEmpty();
    }

    @Test
    void findsATagThatNoToolTakesForOne() {
        assertThat(faults(TAG_IN_A_LINE, "/** Reads it. @param file that is read */")).hasSize(1);
        assertThat(faults(TAG_IN_A_LINE, "/**\n * Reads it.\n * Twice. @return what was read\n */")).hasSize(1);
        assertThat(faults(TAG_IN_A_LINE, "/** @param file that is read */\n * @return what was read")).isEmpty();
    }

    private static List<String> faultyIn(Pattern fault) throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> faults(fault, read(file)).map(found -> MAIN.relativize(file) + ": " + found))
                    .toList();
        }
    }

    private static Stream<String> faults(Pattern fault, String source) {
        return fault.matcher(source).results().map(found -> found.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

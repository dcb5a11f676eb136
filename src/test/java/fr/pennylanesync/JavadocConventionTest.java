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

/** Holds comments to whole sentences: one that begins in its middle is understood only by who knows the rest. */
class JavadocConventionTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final Pattern WITHOUT_SUBJECT = Pattern.compile("/\\*\\*[\\s*]*((?:What|Whatever|Whether|How|Where"
            + "|Wherever|Who|Whoever|Whose|Which|When|Why|That|Those|As|In)\\s[^\n]*)");

    @Test
    void aCommentBeginsWithItsSubjectOrItsVerb() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            List<String> broken = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> faults(read(file)).map(fault -> MAIN.relativize(file) + ": " + fault)).toList();
            assertThat(broken).isEmpty();
        }
    }

    @Test
    void findsACommentThatBeginsInTheMiddleOfASentence() {
        assertThat(faults("/** Whether it is so. */\n/**\n * Those of\n * the share.\n */")).hasSize(2);
        assertThat(faults("/** Tells whether it is so. */\n/** Howls. */\n// What for")).isEmpty();
    }

    private static Stream<String> faults(String source) {
        return WITHOUT_SUBJECT.matcher(source).results().map(found -> found.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

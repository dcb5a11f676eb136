package fr.pennylanesync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the decisions together: a reader follows numbers, and a missing one would look like something withheld. */
class DecisionsTest {

    static List<Path> decisions() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs/decisions"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void noNumberIsMissing() throws IOException {
        List<Path> decisions = decisions();

        assertThat(decisions).extracting(file -> number(file.getFileName().toString()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, decisions.size())
                        .mapToObj("%04d"::formatted).toList());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionBeginsWithItsNumberAndSaysWhyAndWhat(Path decision) throws IOException {
        assertThat(decision).content().startsWith("# " + number(decision.getFileName().toString()) + " ")
                .contains("**Context.**", "**Decision.**", "**Consequences.**");
    }

    private static String number(String file) {
        return file.substring(0, file.indexOf('-'));
    }
}

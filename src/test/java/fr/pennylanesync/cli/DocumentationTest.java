package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the documents say about commands, settings and each other is so. */
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("docs");
    private static final Path FRENCH = DOCS.resolve("fr");
    private static final Pattern COMMAND =
            Pattern.compile("java (?:-\\S+ )*-jar target/pennylane-sync\\.jar([^|<>&#`\\n]*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```\\w*$.*?^ *```$");
    private static final String DRAWN = "┌";

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return Stream.concat(Stream.of(README), files.filter(file -> file.toString().endsWith(".md"))).sorted()
                    .toList();
        }
    }

    static List<String> commands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Path page : pages()) {
            matches(COMMAND, Files.readString(page)).forEach(match -> commands.add(match.group(1).strip()));
        }
        return commands;
    }

    static Stream<String> links() throws IOException {
        List<String> links = new ArrayList<>();
        for (Path page : pages()) {
            matches(LINK, Files.readString(page)).map(match -> match.group(1)).filter(link -> !link.startsWith("http"))
                    .forEach(link -> links.add(page + " -> " + link));
        }
        return links.stream().distinct();
    }

    /** Each French page with the English one that it translates. */
    static List<Arguments> translations() throws IOException {
        try (Stream<Path> files = Files.list(FRENCH)) {
            return files.sorted().map(french -> Arguments.of(french, english(french.getFileName()))).toList();
        }
    }

    private static Path english(Path name) {
        return name.equals(README) ? README : DOCS.resolve(name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandShownIsKnownWithItsOptions(String command) {
        CommandLine known = PennylaneSync.commandLine();

        assertThatCode(() -> known.parseArgs(words(command))).doesNotThrowAnyException();
    }

    /** As a shell splits it. */
    private static String[] words(String command) {
        return matches(WORD, command).map(word -> word.group(1) == null ? word.group() : word.group(1))
                .toArray(String[]::new);
    }

    @Test
    void theReadmeShowsTheTwoCommandsThatMustAlwaysWork() throws IOException {
        assertThat(Files.readAllLines(README)).contains(
                "mvn -B -ntp -q package -DskipTests && java -jar target/pennylane-sync.jar demo --once",
                "mvn -B -ntp verify");
    }

    @ParameterizedTest
    @MethodSource("links")
    void everyLinkLeadsSomewhere(String link) throws IOException {
        String[] ends = link.split(" -> ");
        String[] target = ends[1].split("#", 2);
        Path page = target[0].isEmpty() ? Path.of(ends[0]) : Path.of(ends[0]).resolveSibling(target[0]).normalize();

        assertThat(page).exists();
        if (target.length == 2) {
            assertThat(matches(HEADING, Files.readString(page)).map(match -> anchor(match.group(1))))
                    .contains(target[1]);
        }
    }

    @Test
    void theReadmeAndOperatingAreThereInFrench() {
        assertThat(FRENCH.resolve("README.md")).exists();
        assertThat(FRENCH.resolve("OPERATING.md")).exists();
    }

    /** Only a drawing has words to translate in it. */
    @ParameterizedTest
    @MethodSource("translations")
    void aTranslationShowsTheSameCommandsAndExamplesInTheSameOrder(Path french, Path english) throws IOException {
        assertThat(examples(french)).isNotEmpty().isEqualTo(examples(english));
        assertThat(all(COMMAND, french)).isNotEmpty().isEqualTo(all(COMMAND, english));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void aTranslationHasTheSameHeadings(Path french, Path english) throws IOException {
        assertThat(levels(french)).isNotEmpty().isEqualTo(levels(english));
    }

    @ParameterizedTest
    @MethodSource("translations")
    void aTranslationAndItsOriginalLeadToEachOther(Path french, Path english) throws IOException {
        assertThat(Files.readString(english)).contains("[en français](" + way(english, french) + ")");
        assertThat(Files.readString(french)).contains("[English](" + way(french, english) + ")");
    }

    private static List<String> examples(Path page) throws IOException {
        return all(FENCE, page).stream().filter(example -> !example.contains(DRAWN)).toList();
    }

    /** How deep each heading is. */
    private static List<Integer> levels(Path page) throws IOException {
        return all(HEADING, page).stream().map(heading -> heading.indexOf(' ')).toList();
    }

    private static List<String> all(Pattern pattern, Path page) throws IOException {
        return matches(pattern, Files.readString(page)).map(MatchResult::group).toList();
    }

    private static String way(Path from, Path to) {
        return from.toAbsolutePath().getParent().relativize(to.toAbsolutePath()).toString().replace('\\', '/');
    }

    /** As GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}

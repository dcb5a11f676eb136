package fr.pennylanesync.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.report.WarningCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Both languages say everything, and only what templates ask for is asked for. */
class TextsTest {

    private static final String REMEDY = "remedy.";
    private static final String REASON = "reason.";
    /** English has these from where they are made. */
    private static final List<String> FRENCH_ALONE = List.of(REMEDY, REASON, "subject.", "word.");
    private static final Pattern KEY = Pattern.compile("\\{\\{t\\.(\\w+)}}");

    private static Set<String> keys(Language language) {
        return Texts.of(language).messages().stringPropertyNames().stream()
                .filter(key -> FRENCH_ALONE.stream().noneMatch(key::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void bothLanguagesHaveEveryText() {
        assertThat(keys(Language.FR)).isEqualTo(keys(Language.EN)).hasSizeGreaterThan(100);
    }

    @Test
    void everyWarningHasItsReasonAndItsRemedyInFrench() {
        assertThat(Texts.of(Language.FR).messages().stringPropertyNames()).containsAll(Stream.of(WarningCode.values())
                .flatMap(code -> Stream.of(REASON + code.name(), REMEDY + code.name())).toList());
    }

    /** A straight apostrophe would begin a quotation for the one who formats it. */
    @Test
    void noTextHasAnApostropheThatFormattingWouldEat() {
        Stream.of(Language.values()).forEach(language -> assertThat(Texts.of(language).messages().values())
                .noneMatch(text -> text.toString().contains("'")));
    }

    @Test
    void everyTextOfATemplateIsThere() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/console"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".html")).toList()) {
                assertThat(keys(Language.EN)).as("%s", file).containsAll(KEY.matcher(Files.readString(file)).results()
                        .map(found -> found.group(1)).toList());
            }
        }
    }

    @Test
    void numbersAndSpansAreWrittenAsTheLanguageWritesThem() {
        assertThat(Texts.of(Language.EN).number(1_234_567)).isEqualTo("1,234,567");
        assertThat(Texts.of(Language.FR).number(1_234_567)).isEqualTo("1\u202f234\u202f567");
        assertThat(Texts.of(Language.FR).span(Duration.ofDays(3))).isEqualTo("3 j");
        assertThat(Texts.of(Language.EN).percent(999, 1000)).isEqualTo("99 %");
        assertThat(Texts.of(Language.EN).say("headline", 1)).isEqualTo("One warning");
        assertThat(Texts.of(Language.FR).say("headline", 1200)).isEqualTo("1\u202f200 avertissements");
    }
}

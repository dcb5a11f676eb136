package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.console.BrowserStages.Stage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page of the console in a real browser: in both languages, both themes, and on a wide and a narrow screen. */
@Tag("minutes")
class ConsoleScreensTest {

    private static final List<String> PAGES =
            List.of("", "companies/1", "runs", "alarms", "routes", "proof", "login", "nowhere");
    private static final String OVERFLOWING = "[...document.querySelectorAll('.figures dd, .figures dt')]"
            + ".filter(each => each.scrollWidth > each.clientWidth).map(each => each.textContent)";

    private static BrowserStages stages;
    private static BrowserWindow browser;

    @BeforeAll
    static void start() {
        stages = new BrowserStages();
        browser = stages.browser();
    }

    @AfterAll
    static void stop() {
        stages.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 1000})
    void everyPageIsReadableForEverybodyAndFitsEveryScreenInBothLanguages(int companies) {
        Stage stage = stages.stage(companies);
        for (String language : List.of("en", "fr")) {
            for (String page : PAGES) {
                browser.get(stage.url(page + "?lang=" + language));
                assertThat(browser.script("document.documentElement.lang")).as(page).isEqualTo(language);
                for (int width : List.of(1400, 360)) {
                    for (String theme : List.of("light", "dark")) {
                        browser.screen(width, theme);
                        String name = String.join(", ", page, language, theme, String.valueOf(width));
                        assertThat((Long) browser.script("document.documentElement.scrollWidth")).as(name)
                                .isLessThanOrEqualTo(width);
                        assertThat(browser.script(OVERFLOWING)).as("%s: figures that leave their box", name)
                                .isEqualTo(List.of());
                        assertThat(browser.seriousFindings()).as(name).isEmpty();
                    }
                }
            }
        }
    }
}

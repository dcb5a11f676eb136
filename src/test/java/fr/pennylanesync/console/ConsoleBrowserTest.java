package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.console.BrowserStages.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The console in a real browser, with the keyboard alone; every screen is looked at in ConsoleScreensTest. */
@Tag("minutes")
class ConsoleBrowserTest {

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

    @Test
    void aThousandCompaniesAreThereWithinASecondAndTheSearchFindsOneOnAPhone() {
        Stage stage = stages.stage(1000);
        browser.screen(360, "light");
        browser.get(stage.url(""));
        browser.get(stage.url(""));

        Number loadedMs = (Number) browser.script("performance.getEntriesByType('navigation')[0].loadEventEnd");
        assertThat(loadedMs.doubleValue()).isPositive().isLessThan(1000);
        browser.tabTo("input[name=q]");
        browser.press("company-777", Keys.ENTER);
        await().atMost(Duration.ofSeconds(10)).until(() -> browser.find("tr.company").size() == 1);
        assertThat(browser.text("form.search [role=status]")).isEqualTo("1 of 1,000 companies");
        browser.tabTo("tr.company a");
        browser.press(Keys.ENTER);
        await().atMost(Duration.ofSeconds(10)).until(() -> browser.text("h1").startsWith("company-777"));
    }

    @ParameterizedTest
    @CsvSource({"companies/1,[action$=sync],sync 1  by anna,A sync was asked for",
            "companies/1,[action$=pause],pause 1  by anna,The company is paused",
            "companies/3,[action$=resume],resume 3  by anna,Not done: it was so already",
            "companies/1,[action$=verify],verify 1  by anna,The verification has begun",
            "companies/1,[action$=audit],audit 1 books by anna,The audit has begun",
            "companies/1,#case-1 [action$=retry],retry 1 1 by anna,It is read again",
            "companies/1,#case-1 [action$=accept],accept 1 1 by anna,The case is closed",
            "companies/1,#case-2 [action$=confirm],confirm 1 2 by anna,The sweep runs again",
            "proof,[action$=verify],verify all  by anna,The verification has begun"})
    void eachActionIsReachedAndAskedForWithTheKeyboardAlone(String page, String form, String asked, String told) {
        Stage stage = stages.stage(60);
        stages.begun().clear();
        browser.get(stage.url(page));
        if (!browser.find(form + " input[required]").isEmpty()) {
            browser.tabTo(form + " input[required]");
            browser.press(Keys.SPACE);
        }
        browser.tabTo(form + " button");
        assertThat(browser.script("getComputedStyle(document.activeElement).outlineStyle")).as("seen to be reached")
                .isNotEqualTo("none");
        browser.press(Keys.ENTER);

        await().atMost(Duration.ofSeconds(20)).until(() -> stages.begun().contains(asked));
        await().atMost(Duration.ofSeconds(20)).until(() -> browser.text(".notice").startsWith(told));
    }

    @Test
    void aCaseIsNotClosedBeforeSomebodySaysThatItIsKnown() {
        Stage stage = stages.stage(60);
        stages.begun().clear();
        browser.get(stage.url("companies/1"));
        browser.tabTo("form[action='/actions/accept'] button");
        browser.press(Keys.ENTER);

        assertThat(browser.find("form[action='/actions/accept'] :invalid")).hasSize(1);
        assertThat(stages.begun()).isEmpty();
    }

    @Test
    void whatIsOpenStaysOpenAndFocusStaysWhereFiguresChange() {
        Stage stage = stages.stage(60);
        browser.get(stage.url(""));
        browser.tabTo("#warnings summary");
        browser.press(Keys.ENTER);
        browser.tabTo("input[name=q]");
        browser.press("comp");
        stage.warehouse().jdbc().sql("update pennylane_sync.company set alias = 'add-co' where id = 4").update();

        await().atMost(Duration.ofSeconds(40)).until(() -> browser.source().contains(">add-co<"));
        assertThat(browser.find("#warnings[open]")).hasSize(1);
        assertThat(browser.focused("name")).isEqualTo("q");
        assertThat(browser.focused("value")).isEqualTo("comp");
    }

    @Test
    void figuresThatAreOldLookOldUntilTheyAreFreshAgain() {
        Stage stage = stages.stage(60);
        browser.get(stage.url(""));
        assertThat(browser.script("getComputedStyle(document.querySelector('main')).opacity")).isEqualTo("1");
        browser.connected(false);
        try {
            await().atMost(Duration.ofSeconds(40)).until(() -> browser.text("#age").startsWith("The console does not"));
            assertThat(browser.text("#age")).matches(".* These figures are \\d+ (s|min) old\\.");
            assertThat(browser.script("getComputedStyle(document.querySelector('main')).opacity")).isNotEqualTo("1");
        } finally {
            browser.connected(true);
        }

        await().atMost(Duration.ofSeconds(40)).until(() -> browser.text("#age").isEmpty());
        assertThat(browser.script("getComputedStyle(document.querySelector('main')).opacity")).isEqualTo("1");
    }

    @Test
    void theProofIsPrintedWithWholeHashesAndWithoutWhatOnlyAScreenNeeds() {
        Stage stage = stages.stage(60);
        browser.get(stage.url("proof"));
        browser.printed(true);
        try {
            assertThat(browser.script("getComputedStyle(document.querySelector('.bar')).display")).isEqualTo("none");
            assertThat(browser.script("getComputedStyle(document.querySelector('form')).display")).isEqualTo("none");
            assertThat(browser.text("p.print")).startsWith("pennylane-sync · As seen at 2");
            assertThat(browser.script("[...document.querySelectorAll('.hash')]"
                    + ".every(each => each.scrollWidth <= each.clientWidth)")).isEqualTo(true);
        } finally {
            browser.printed(false);
        }
    }
}

package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.console.page.Templates;
import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.settings.ConsoleLogin;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The console in a real browser: every page in both languages and themes, on a phone and on a wide screen. With
 * {@code -Dscreenshots.write=true} it writes the pictures of the documents.
 */
@Tag("minutes")
class ConsoleBrowserTest {

    private static final String PASSWORD = "a long pass phrase";
    private static final Path IMAGES = Path.of("docs/images");
    private static final List<String> PAGES = List.of("", "companies/1", "runs", "alarms", "routes", "proof");
    private static final String AXE =
            Templates.resource("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String SERIOUS = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations
                .filter(each => ['serious', 'critical'].includes(each.impact))
                .map(each => each.id + ' at ' + each.nodes.map(node => node.target.join(' ')).join(', '))));""";

    private static final ConsoleSeed.RecordedOperations OPERATIONS = new ConsoleSeed.RecordedOperations();
    private static Warehouse warehouse;
    private static Console console;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() {
        warehouse = TestWarehouse.ready();
        ConsoleSeed.fill(warehouse, 60);
        console = Console.open(new Settings.Console("127.0.0.1", 0,
                List.of(new ConsoleLogin("anna", Secret.of(Logins.hash(PASSWORD)), Optional.empty())),
                Optional.empty(), Optional.empty()));
        console.watch(ConsoleSeed.sources(warehouse, OPERATIONS));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> new ConsoleClient(console).get("observe/health").statusCode() == 200);
        browser = DebianChromium.open();
        logIn();
    }

    @AfterAll
    static void stop() {
        browser.quit();
        console.close();
        warehouse.close();
    }

    /** With the keyboard alone. */
    private static void logIn() {
        browser.get(console.url());
        assertThat(browser.switchTo().activeElement().getAttribute("name")).isEqualTo("name");
        browser.switchTo().activeElement().sendKeys("anna", Keys.TAB);
        browser.switchTo().activeElement().sendKeys(PASSWORD, Keys.ENTER);
        await().atMost(Duration.ofSeconds(30)).until(() -> !browser.findElements(By.id("headline")).isEmpty());
    }

    private static void theme(String theme) {
        browser.executeCdpCommand("Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    private static void width(int width) {
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.manage().window().setSize(new Dimension(Math.max(width, 500), 900));
    }

    @Test
    void everyPageIsReadableForEverybodyAndFitsEveryScreen() throws IOException {
        for (int width : List.of(1400, 360)) {
            width(width);
            for (String theme : List.of("light", "dark")) {
                theme(theme);
                for (String page : PAGES) {
                    String language = theme.equals("light") ? "en" : "fr";
                    browser.get(console.url() + page + "?lang=" + language);
                    Object wide = browser.executeScript("return document.documentElement.scrollWidth");
                    assertThat((Long) wide).as("%s at %d", page, width).isLessThanOrEqualTo(width);
                    browser.executeScript(AXE);
                    assertThat((List<?>) browser.executeAsyncScript(SERIOUS)).as("%s, %s, %d", page, theme, width)
                            .isEmpty();
                    picture(page, theme, width);
                }
            }
        }
    }

    private static void picture(String page, String theme, int width) throws IOException {
        if (Boolean.getBoolean("screenshots.write")) {
            Files.createDirectories(IMAGES);
            String name = page.isEmpty() ? "overview" : page.replace("companies/1", "company");
            Files.write(IMAGES.resolve("console-" + name + "-" + theme + "-" + width + ".png"),
                    browser.getScreenshotAs(OutputType.BYTES));
        }
    }

    @Test
    void whatIsOpenStaysOpenAndFocusStaysWhereFiguresChange() {
        width(1400);
        browser.get(console.url());
        browser.findElement(By.cssSelector("#warnings summary")).sendKeys(Keys.ENTER);
        browser.findElement(By.name("q")).sendKeys("comp");
        warehouse.jdbc().sql("update pennylane_sync.company set alias = 'add-co' where id = 4").update();

        await().atMost(Duration.ofSeconds(40)).until(() -> browser.getPageSource().contains(">add-co<"));
        assertThat(browser.findElement(By.id("warnings")).getAttribute("open")).isNotNull();
        assertThat(browser.switchTo().activeElement().getAttribute("name")).isEqualTo("q");
        assertThat(browser.findElement(By.name("q")).getAttribute("value")).isEqualTo("comp");
    }

    @Test
    void anActionIsAskedForWithTheKeyboardAlone() {
        OPERATIONS.begun.clear();
        browser.get(console.url() + "companies/1");
        browser.findElement(By.cssSelector("form[action='/actions/pause'] button")).sendKeys(Keys.ENTER);

        await().atMost(Duration.ofSeconds(20)).until(() -> OPERATIONS.begun.contains("pause 1  by anna"));
        assertThat(browser.findElement(By.className("notice")).getText()).isEqualTo("The company is paused.");
    }
}

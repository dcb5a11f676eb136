package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.console.page.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.print.PrintOptions;

/** One window of a browser, as somebody without a mouse uses it. */
final class BrowserWindow implements AutoCloseable {

    private static final int PHONE = 500;
    private static final int HEIGHT = 900;
    /** Is as wide as a sheet of A4. */
    private static final int PAPER = 794;
    private static final int TABS_MAX = 400;
    private static final String AXE =
            Templates.resource("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String SERIOUS = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations
                .filter(each => ['serious', 'critical'].includes(each.impact))
                .map(each => each.id + ' at ' + each.nodes.map(node => node.target.join(' ')).join(', '))));""";

    private final ChromeDriver driver;

    private BrowserWindow(ChromeDriver driver) {
        this.driver = driver;
    }

    static BrowserWindow open() {
        ChromeDriver driver = DebianChromium.open();
        driver.manage().window().setSize(new Dimension(1400, HEIGHT));
        return new BrowserWindow(driver);
    }

    void get(String url) {
        driver.get(url);
    }

    void screen(int width, String theme) {
        media("", theme);
        metrics(width, HEIGHT);
    }

    /** Writes the page as it is printed. */
    void pictureOnPaper(Path file) throws IOException {
        printed(true);
        metrics(PAPER, HEIGHT);
        picture(file);
        printed(false);
    }

    /** Prints the page, as the browser's own command does. */
    byte[] print() {
        return Base64.getDecoder().decode(driver.print(new PrintOptions()).getContent());
    }

    private void metrics(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < PHONE));
    }

    /** Shows the page as on paper. */
    void printed(boolean onPaper) {
        media(onPaper ? "print" : "", "light");
    }

    private void media(String media, String theme) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", media, "features",
                List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Takes the network away, or gives it back. */
    void connected(boolean online) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.emulateNetworkConditions",
                Map.of("offline", !online, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    Object script(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** Returns what axe-core finds that keeps somebody from using the page. */
    List<?> seriousFindings() {
        if (!Boolean.TRUE.equals(driver.executeScript("return 'axe' in window"))) {
            driver.executeScript(AXE);
        }
        return (List<?>) driver.executeAsyncScript(SERIOUS);
    }

    List<WebElement> find(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Returns the text of the first of these elements; empty where there is none, or the page changes just now. */
    String text(String selector) {
        try {
            return find(selector).stream().findFirst().map(WebElement::getText).orElse("");
        } catch (StaleElementReferenceException replaced) {
            return "";
        }
    }

    String source() {
        return driver.getPageSource();
    }

    /** Returns an attribute of what has the focus. */
    String focused(String attribute) {
        return driver.switchTo().activeElement().getDomProperty(attribute);
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses the tabulator until the element has the focus. */
    void tabTo(String selector) {
        for (int tabs = 0; tabs < TABS_MAX; tabs++) {
            press(Keys.TAB);
            if (Boolean.TRUE.equals(driver.executeScript(
                    "return document.activeElement === document.querySelector(arguments[0])", selector))) {
                return;
            }
        }
        assertThat(find(selector)).as("%s is reached with the keyboard", selector).isNull();
    }

    /** Writes what the window shows, without what is empty below the page. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        int width = ((Number) script("innerWidth")).intValue();
        int end = ((Number) script("Math.ceil(document.querySelector('footer').getBoundingClientRect().bottom)"))
                .intValue();
        metrics(width, Math.min(end, HEIGHT));
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}

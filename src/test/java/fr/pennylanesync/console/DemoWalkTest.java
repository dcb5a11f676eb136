package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.ShownRoutes;
import fr.pennylanesync.cli.PennylaneSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of somebody new, as the README shows it: the demo, a look around, a token that breaks and is mended, a stream
 * that is added, a proof. With {@code -Dscreenshots.write=true} it writes the pictures of the documents.
 */
@Tag("minutes")
class DemoWalkTest {

    private static final Path IMAGES = Path.of("docs/images").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("Look at it with a browser: (\\S+)");
    /** Is how long an alarm may take to begin and to end. */
    private static final Duration WITHIN = Duration.ofMinutes(1);

    @TempDir
    private Path home;

    private Process demo;
    private BrowserWindow browser;
    private String url;

    @BeforeEach
    void start() throws IOException {
        ShownRoutes.copyTo(home.resolve("routes"));
        demo = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
                System.getProperty("java.class.path"), PennylaneSync.class.getName(), "demo")
                .directory(home.toFile()).redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile()).start();
        await().atMost(Duration.ofMinutes(8)).pollInterval(Duration.ofSeconds(1))
                .until(() -> !demo.isAlive() || ADDRESS.matcher(said()).find());
        Matcher address = ADDRESS.matcher(said());
        assertThat(address.find()).as(said() + Files.readString(home.resolve("err"))).isTrue();
        url = address.group(1);
        browser = BrowserWindow.open();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (browser != null) {
            browser.close();
        }
        demo.destroy();
        demo.waitFor(1, TimeUnit.MINUTES);
        demo.destroyForcibly();
    }

    @Test
    void aNewUserSeesABrokenTokenAddsAStreamAndPrintsTheProof() throws IOException {
        browser.get(url);
        await().atMost(Duration.ofMinutes(2)).until(() -> shows("", "All is well"));
        show("overview", "", "en", "light", 1400);
        show("overview", "", "fr", "light", 1400);
        show("overview", "", "en", "light", 360);
        browser.find("tr.company a").get(0).click();
        String company = browser.script("location.pathname").toString().substring(1);
        show("company", company, "en", "dark", 1400);

        Path token = token();
        String good = Files.readString(token);
        Files.writeString(token, "broken");
        await().atMost(WITHIN).until(() -> shows("alarms", "COMPANY_REFUSED"));
        show("alarms", "alarms", "en", "light", 1400);
        Files.writeString(token, good);
        await().atMost(WITHIN).until(() -> shows("alarms", "No alarm is open"));
        assertThat(browser.source()).contains("COMPANY_REFUSED");

        Files.writeString(home.resolve("routes/streams/direct_debits.camel.yaml"), ShownRoutes.streamOfTheReadme());
        await().atMost(WITHIN).until(() -> shows(company, "direct_debits"));
        show("routes", "routes", "en", "dark", 1400);
        assertThat(browser.source()).contains("streams/direct_debits.camel.yaml");
        show("proof", "proof", "en", "light", 1400);
        assertThat(browser.source()).contains("Digest documents");
    }

    private boolean shows(String page, String text) {
        browser.get(url + page + "?lang=en");
        return browser.source().contains(text);
    }

    private void show(String name, String page, String language, String theme, int width) throws IOException {
        browser.screen(width, theme);
        browser.get(url + page + "?lang=" + language);
        assertThat((Long) browser.script("document.documentElement.scrollWidth")).as(name).isLessThanOrEqualTo(width);
        if (Boolean.getBoolean("screenshots.write")) {
            browser.picture(IMAGES.resolve(String.join("-", "demo", name, language, theme, String.valueOf(width))
                    + ".png"));
        }
    }

    private String said() {
        try {
            return Files.readString(home.resolve("out"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path token() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("data"))) {
            return files.filter(file -> file.toString().endsWith(".token")).sorted().findFirst().orElseThrow();
        }
    }
}

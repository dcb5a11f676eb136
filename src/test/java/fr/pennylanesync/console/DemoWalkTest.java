package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.ShownRoutes;
import fr.pennylanesync.cli.PennylaneSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The way of somebody new, as the README shows it: the demo, a look around, a question as a reader, a token that breaks
 * and is mended, a stream that is added, a proof that is asked for and printed. With {@code -Dscreenshots.write=true}
 * it writes the pictures of the documents.
 */
@Tag("minutes")
class DemoWalkTest {

    private static final Path IMAGES = Path.of("docs/images").toAbsolutePath();
    private static final Pattern ADDRESS =
            Pattern.compile("with a browser: (\\S+)\\s+There log in as (\\S+) with the password (\\S+)\\s");
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
        demo = program("demo").redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile()).start();
        await().atMost(Duration.ofMinutes(8)).pollInterval(Duration.ofSeconds(1))
                .until(() -> !demo.isAlive() || ADDRESS.matcher(said()).find());
        Matcher address = ADDRESS.matcher(said());
        assertThat(address.find()).as(said() + Files.readString(home.resolve("err"))).isTrue();
        url = address.group(1);
        browser = BrowserWindow.open();
        browser.get(url);
        browser.press(address.group(2), Keys.TAB, address.group(3), Keys.ENTER);
        await().atMost(WITHIN).until(() -> !browser.find("#headline").isEmpty());
    }

    private ProcessBuilder program(String... arguments) {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-cp", System.getProperty("java.class.path"), PennylaneSync.class.getName()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).directory(home.toFile());
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
    void aNewUserSeesABrokenTokenAddsAStreamAndPrintsTheProof() throws Exception {
        await().atMost(Duration.ofMinutes(2)).until(() -> shows("", "All is well"));
        show("overview", "", "en", "light", 1400);
        show("overview", "", "fr", "light", 1400);
        show("overview", "", "en", "light", 360);
        browser.find("tr.company a").get(0).click();
        String company = browser.script("location.pathname").toString().substring(1);
        show("company", company, "en", "dark", 1400);
        show("company", company, "fr", "light", 1400);
        assertThat(asked("select customer, total from pennylane.aged_receivables limit 5")).contains("customer");

        Path token = token();
        String good = Files.readString(token);
        Files.writeString(token, "broken");
        await().atMost(WITHIN).until(() -> shows("alarms", "COMPANY_REFUSED"));
        show("alarms", "alarms", "en", "light", 1400);
        show("alarms", "alarms", "fr", "light", 1400);
        Files.writeString(token, good);
        await().atMost(WITHIN).until(() -> shows("alarms", "No alarm is open"));
        assertThat(browser.source()).contains("COMPANY_REFUSED");

        Files.writeString(home.resolve("routes/streams/direct_debits.camel.yaml"), ShownRoutes.streamOfTheReadme());
        await().atMost(WITHIN).until(() -> shows(company, "direct_debits"));
        show("routes", "routes", "en", "dark", 1400);
        assertThat(browser.source()).contains("streams/direct_debits.camel.yaml");

        proof();
    }

    private void proof() throws IOException {
        browser.get(url + "proof?lang=en");
        browser.find("form[action='/actions/verify'] button").get(0).click();
        await().atMost(WITHIN).until(() -> shows("proof", ">done<"));
        assertThat(browser.text("main section")).as("the demo's own, and the one that was asked for")
                .containsPattern("(?s)all companies\\s+complete.*all companies\\s+complete");
        show("proof", "proof", "en", "light", 1400);
        show("proof", "proof", "fr", "light", 1400);
        assertThat(new String(browser.print(), StandardCharsets.ISO_8859_1)).startsWith("%PDF-");
        if (Boolean.getBoolean("screenshots.write")) {
            browser.get(url + "proof?lang=en");
            browser.pictureOnPaper(IMAGES.resolve("demo-proof-printed.png"));
        }
    }

    /** Asks as a reader, in a second terminal. */
    private String asked(String sql) throws IOException, InterruptedException {
        Process psql = program("psql", "--demo", sql).redirectErrorStream(true).start();
        String answer = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(answer).isZero();
        return answer;
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

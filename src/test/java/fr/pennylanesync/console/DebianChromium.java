package fr.pennylanesync.console;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Opens Debian's Chromium without a window, and installs it where it lacks and that is allowed. */
final class DebianChromium {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final List<String> INSTALL =
            List.of("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", "chromium-driver");

    private DebianChromium() {}

    static ChromeDriver open() {
        if (!isThere() && "root".equals(System.getProperty("user.name"))) {
            install();
        }
        if (!isThere()) {
            throw new IllegalStateException("no browser: as root, " + String.join(" ", INSTALL));
        }
        ChromeOptions options = new ChromeOptions().setBinary(BROWSER.toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars");
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build(),
                options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
        return driver;
    }

    private static boolean isThere() {
        return Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
    }

    private static void install() {
        try {
            Process process = new ProcessBuilder(INSTALL).redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null")).start();
            process.waitFor(5, TimeUnit.MINUTES);
        } catch (IOException noApt) {
            throw new IllegalStateException("no browser, and no apt-get to install one", noApt);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }
}

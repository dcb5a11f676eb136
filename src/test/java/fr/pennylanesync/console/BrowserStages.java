package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.settings.ConsoleLogin;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.Keys;

/**
 * Consoles that show one company, or many, and the browser that looks at them; each is started when it is asked for.
 */
final class BrowserStages implements AutoCloseable {

    private static final String PASSWORD = "a long pass phrase";
    /** Is as long as an alias may be, in one word. */
    private static final String LONG_ALIAS = "a".repeat(63);

    /** A console that shows so many companies. */
    record Stage(Warehouse warehouse, Console console) {

        private static Stage of(int companies, Operations operations) {
            Warehouse warehouse = TestWarehouse.ready();
            ConsoleSeed.fill(warehouse, companies);
            warehouse.jdbc().sql("update pennylane_sync.company set alias = ?"
                    + " where id = (select max(id) from pennylane_sync.company where id not in (2, 3))")
                    .param(LONG_ALIAS).update();
            Console console = Console.open(new Settings.Console("127.0.0.1", 0,
                    List.of(new ConsoleLogin("anna", Secret.of(Logins.hash(PASSWORD)), Optional.empty())),
                    Optional.empty(), Optional.empty()));
            console.watch(ConsoleSeed.sources(warehouse, operations));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> new ConsoleClient(console).get("observe/health").statusCode() == 200);
            return new Stage(warehouse, console);
        }

        String url(String page) {
            return console.url() + page;
        }
    }

    private final Map<Integer, Stage> stages = new HashMap<>();
    private final BrowserWindow browser = BrowserWindow.open();
    private final ConsoleSeed.RecordedOperations operations = new ConsoleSeed.RecordedOperations();

    BrowserWindow browser() {
        return browser;
    }

    /** Returns what was asked of the consoles. */
    List<String> begun() {
        return operations.begun;
    }

    /** Begins at a console with a wide screen, logged in with the keyboard alone. */
    Stage stage(int companies) {
        Stage stage = stages.computeIfAbsent(companies, many -> Stage.of(many, operations));
        browser.screen(1400, "light");
        browser.get(stage.url("?lang=en"));
        if (browser.find("#headline").isEmpty()) {
            assertThat(browser.focused("name")).isEqualTo("name");
            browser.press("anna", Keys.TAB, PASSWORD, Keys.ENTER);
            await().atMost(Duration.ofSeconds(30)).until(() -> !browser.find("#headline").isEmpty());
        }
        return stage;
    }

    @Override
    public void close() {
        browser.close();
        stages.values().forEach(stage -> {
            stage.console().close();
            stage.warehouse().close();
        });
    }
}

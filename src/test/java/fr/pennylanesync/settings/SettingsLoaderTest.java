package fr.pennylanesync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {

    private static final String CANARY = "c4n4ry-s3cret";

    @TempDir
    Path directory;

    @Test
    void systemPropertiesWinOverTheEnvironmentOverTheFileOverTheDefault() throws Exception {
        Path file = file("sync.interval=1m", "console.port=1001", "console.address=file.example", "quartz.cluster=");
        Map<String, String> environment = Map.of("SYNC_INTERVAL", "2m", "CONSOLE_PORT", "1002");
        Settings settings = load(file, environment, properties("sync.interval", "3m"), UnaryOperator.identity());
        assertThat(settings.sync().interval()).hasMinutes(3);
        assertThat(settings.console()).isEqualTo(new Settings.Console("file.example", 1_002));
        assertThat(settings.quartz().cluster()).as("an empty value is not given").isFalse();
        assertThat(settings.sync().parallelStreams()).isEqualTo(4);
    }

    @Test
    void everyFaultIsToldAtOnceWithItsRemedy() throws Exception {
        Path file = file("sync.intervall=5m", "console.port=70000", "pennylane.base-url=http://api.example/v2",
                "share.jdbc-url=jdbc:redshift://share.example/books", "warehouse.jdbc-url=jdbc:mysql://db.example/x",
                "pennylane.http.body-limit=64", "archive.retention=10", "streams.quotes.enabled=maybe",
                "warehouse.username={{vault:user}}", "sync.interval=5m", "sync.interval=6m", "frobnicate.me=1",
                "pennylane.something.else=1");
        SettingsException refused = refusal(file, Map.of("CONSOL_PORT", "1", "CONSOLE_PRT", "1"), text -> {
            throw new IllegalStateException(CANARY);
        });
        assertThat(refused.faults()).extracting(SettingsFault::key).containsExactlyInAnyOrder("sync.intervall",
                "console.port",
                "pennylane.base-url", "share.jdbc-url", "warehouse.jdbc-url", "pennylane.http.body-limit",
                "archive.retention", "archive.retention", "streams.quotes.enabled", "warehouse.username",
                "sync.interval",
                "CONSOLE_PRT", "pennylane.something.else");
        assertThat(refused.faults()).allSatisfy(fault -> assertThat(fault.remedy()).endsWithIgnoringCase(
                fault.remedy().endsWith("?") ? "?" : "."));
        assertThat(refused).hasMessageContaining("13 fault(s)")
                .hasMessageContaining("Did you mean sync.interval?")
                .hasMessageContaining("Did you mean CONSOLE_PORT?")
                .hasMessageContaining("console.port: the value is not between 0 and 65535")
                .hasMessageNotContaining(CANARY);
    }

    @ParameterizedTest
    @CsvSource({
            "share.username, reader, share.username",
            "warehouse.password, c4n4ry-s3cret, warehouse.password",
            "warehouse.pool-size, 91, warehouse.pool-size",
            "warehouse.jdbc-url, jdbc:postgresql://h/d?user=a&password=c4n4ry-s3cret, warehouse.jdbc-url",
            "share.jdbc-url, jdbc:redshift://u:c4n4ry-s3cret@h/d, share.jdbc-url",
            "share.jdbc-url, jdbc:redshift:iam://c:eu-west-1/d?SecretAccessKey=c4n4ry-s3cret, share.jdbc-url",
            "share.jdbc-url, jdbc:redshift:iam://c:eu-west-1/d, share.jdbc-url",
            "share.database, books, share.database",
            "pennylane.base-url, https://u:c4n4ry-s3cret@h/v2, pennylane.base-url",
            "pennylane.http.connect-timeout, 4m, pennylane.http.connect-timeout",
            "archive.s3.secret-key, c4n4ry-s3cret, archive.s3.secret-key",
            "archive.s3.endpoint, https://s3.example, archive.s3.endpoint",
            "archive.s3.prefix, /books, archive.s3.prefix",
            "archive.retention, 1y, archive.retention",
            "archive.retention, 0d, archive.retention",
            "retention.versions, 29d, retention.versions",
            "retention.batches, 2m, retention.batches",
            "streams.quotes.retention, 1d, streams.quotes.retention",
            "archive.retention, 101y, archive.retention",
            "sync.interval, 999999999999d, sync.interval",
            "pennylane.http.body-limit, 999999999999GB, pennylane.http.body-limit",
            "companies.acme.cron, at night, companies.acme.cron",
            "companies.acme.time-zone, Europe/Parys, companies.acme.time-zone",
            "companies.acme.time-zone, Europe/Paris, companies.acme.time-zone",
            "quartz.cluster, yes, quartz.cluster"
    })
    void refuses(String key, String text, String blamed) {
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> SettingsTest.load(Map.of(key, text)));
        assertThat(refused.faults()).extracting(SettingsFault::key).contains(blamed);
        assertThat(refused.getMessage()).doesNotContain(CANARY);
    }

    /** Whoever logs in by a password needs none of these libraries. */
    @Test
    void aLoginByIamSaysWhatTheClassPathLacks() {
        Map<String, String> login = Map.of("share.jdbc-url", "jdbc:redshift:iam://cluster:eu-west-1/books",
                "share.username", "reader", "share.password", CANARY);
        SettingsException refused =
                catchThrowableOfType(SettingsException.class, () -> SettingsTest.load(login));
        assertThat(refused).hasMessageContaining("software.amazon.awssdk.services.redshift.RedshiftClient")
                .hasMessageContaining("software.amazon.awssdk:redshiftserverless")
                .hasMessageContaining("share.password: is given, yet the login is one by IAM")
                .hasMessageNotContaining(CANARY);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:9000/v2", "http://127.0.0.1/v2", "http://[::1]:9000"})
    void aSandboxOnThisMachineNeedsNoHttps(String url) {
        assertThat(SettingsTest.load(Map.of("pennylane.base-url", url)).pennylane().baseUrl()).hasToString(url);
    }

    @Test
    void placeholdersAreResolvedAlsoInSecrets() throws Exception {
        Path file = file("warehouse.jdbc-url=jdbc:postgresql://{{host}}/books", "warehouse.username=writer",
                "warehouse.password={{vault:warehouse}}", "camel.main.name={{left.to.camel}}");
        Settings settings = load(file, Map.of(), new Properties(), text -> text.replace("{{host}}", "db.example")
                .replace("{{vault:warehouse}}", CANARY));
        assertThat(settings.warehouse().database()).contains(new Settings.Database("jdbc:postgresql://db.example/books",
                "writer", Optional.of(Secret.of(CANARY))));
        assertThat(settings.others()).isEqualTo(Map.of("camel.main.name", "{{left.to.camel}}"));
    }

    @Test
    void aPlaceholderThatResolvesToNothingCountsAsNotGiven() throws Exception {
        Path file = file("warehouse.jdbc-url=jdbc:postgresql://h/d", "warehouse.username={{env:NONE:}}");
        assertThat(refusal(file, Map.of(), text -> "").faults()).extracting(SettingsFault::key)
                .containsExactly("warehouse.jdbc-url");
    }

    @Test
    void noSecretIsEverPrinted() throws Exception {
        Path file = file("warehouse.jdbc-url=jdbc:postgresql://h/d", "warehouse.username=writer",
                "warehouse.password=" + CANARY, "share.password=" + CANARY, "archive.s3.secret-key=" + CANARY);
        assertThat(refusal(file, Map.of(), UnaryOperator.identity()).getMessage()).doesNotContain(CANARY);
        Settings settings =
                SettingsTest.load(Map.of("warehouse.jdbc-url", "jdbc:postgresql://h/d", "warehouse.username",
                        "writer", "warehouse.password", CANARY));
        assertThat(settings.toString()).contains("writer").doesNotContain(CANARY);
    }

    @Test
    void aGivenFileMustExistAndBeReadable() throws Exception {
        assertThat(refusal(directory.resolve("missing.properties"), Map.of(), UnaryOperator.identity()).faults())
                .extracting(SettingsFault::key).containsExactly("--config");
        assertThat(refusal(file("sync.interval=\\u00zz"), Map.of(), UnaryOperator.identity()).faults())
                .extracting(SettingsFault::key).containsExactly("--config");
    }

    @Test
    void variablesOfOthersUnderOurPrefixesAreLeftAlone() {
        Map<String, String> kubernetes = Map.of("WAREHOUSE_SERVICE_HOST", "10.0.0.1", "SHARE", "x", "PATH", "/bin");
        assertThat(SettingsLoader.load(Optional.empty(), kubernetes, new Properties(), UnaryOperator.identity()))
                .isEqualTo(SettingsTest.load(Map.of()));
    }

    private Path file(String... lines) throws Exception {
        return Files.write(directory.resolve("application.properties"), List.of(lines));
    }

    private static SettingsException refusal(Path file, Map<String, String> environment,
            UnaryOperator<String> placeholders) {
        return catchThrowableOfType(SettingsException.class,
                () -> load(file, environment, new Properties(), placeholders));
    }

    private static Settings load(Path file, Map<String, String> environment, Properties system,
            UnaryOperator<String> placeholders) {
        return SettingsLoader.load(Optional.of(file), environment, system, placeholders);
    }

    private static Properties properties(String name, String text) {
        Properties properties = new Properties();
        properties.setProperty(name, text);
        return properties;
    }
}

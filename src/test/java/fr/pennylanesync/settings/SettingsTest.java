package fr.pennylanesync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.personal.Treatment;
import fr.pennylanesync.settings.ConsoleOidc.Claim;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Fails when a key is added without its default and its mapping being written down here. */
class SettingsTest {

    private static final String HASH = "$pbkdf2$it=210000$c2FsdHNhbHQ$aGFzaGhhc2g";
    private static final Map<String, String> EVERY_KEY = Map.ofEntries(
            Map.entry("pennylane.base-url", "https://sandbox.example/v2"),
            Map.entry("pennylane.tokens.directory", "/run/tokens"),
            Map.entry("pennylane.rate.requests", "50"),
            Map.entry("pennylane.rate.window", "10s"),
            Map.entry("pennylane.http.connect-timeout", "500ms"),
            Map.entry("pennylane.http.response-timeout", "30s"),
            Map.entry("pennylane.http.total-timeout", "5m"),
            Map.entry("pennylane.http.body-limit", "1GB"),
            Map.entry("share.jdbc-url", "jdbc:redshift://share.example:5439/books"),
            Map.entry("share.username", "reader"),
            Map.entry("share.password", "share-secret"),
            Map.entry("share.database", "books_share"),
            Map.entry("share.connections", "2"),
            Map.entry("share.socket-timeout", "30m"),
            Map.entry("share.lag", "6h"),
            Map.entry("share.fallback-after", "90m"),
            Map.entry("warehouse.jdbc-url", "jdbc:postgresql://db.example/warehouse"),
            Map.entry("warehouse.username", "writer"),
            Map.entry("warehouse.password", "warehouse-secret"),
            Map.entry("warehouse.embedded.directory", "/var/lib/pennylane"),
            Map.entry("warehouse.embedded.port", "0"),
            Map.entry("warehouse.pool-size", "120"),
            Map.entry("warehouse.partitions", "16"),
            Map.entry("warehouse.start-timeout", "0s"),
            Map.entry("archive.s3.endpoint", "https://s3.example"),
            Map.entry("archive.s3.region", "fr-par"),
            Map.entry("archive.s3.bucket", "invoices"),
            Map.entry("archive.s3.access-key", "AK"),
            Map.entry("archive.s3.secret-key", "s3-secret"),
            Map.entry("archive.s3.path-style", "true"),
            Map.entry("archive.s3.prefix", "books/fr"),
            Map.entry("archive.directory", "/var/lib/archive"),
            Map.entry("archive.retention", "10y"),
            Map.entry("archive.exports", "fecs"),
            Map.entry("sync.interval", "1h"),
            Map.entry("sync.sweep-interval", "30d"),
            Map.entry("sync.sweep-interval-without-changelog", "2h"),
            Map.entry("sync.parallel-companies", "20"),
            Map.entry("sync.parallel-streams", "6"),
            Map.entry("sync.proofs", "filter"), Map.entry("sync.proof-trials", "5"),
            Map.entry("audit.reread-days", "30"),
            Map.entry("audit.cron", "0 0 4 ? * SUN"),
            Map.entry("quartz.check-in-interval", "2s"),
            Map.entry("quartz.cluster", "true"),
            Map.entry("routes.directory", "/etc/routes"),
            Map.entry("routes.allow", "/etc/allowed.yaml"),
            Map.entry("console.address", "0.0.0.0"),
            Map.entry("digest.interval", "30m"),
            Map.entry("digest.private-key", "digest-secret"),
            Map.entry("digest.directory", "/mnt/digests"),
            Map.entry("retention.versions", "10y"),
            Map.entry("retention.batches", "400d"),
            Map.entry("privacy.personal-data", "omit"),
            Map.entry("privacy.hash-key", "a key of thirty-two characters..."),
            Map.entry("digest.tsa-url", "https://tsa.example"),
            Map.entry("console.port", "9090"),
            Map.entry("console.users", "anna=" + HASH + ", victor=" + HASH),
            Map.entry("console.viewers", "victor=acme+beta"),
            Map.entry("console.oidc.issuer", "https://login.example/realm"),
            Map.entry("console.oidc.client-id", "pennylane-sync"),
            Map.entry("console.oidc.client-secret", "oidc-secret"),
            Map.entry("console.oidc.callback-url", "https://console.example/login/callback"),
            Map.entry("console.oidc.operators", "groups:Book keepers, https://firm.example/roles:admin"),
            Map.entry("console.oidc.viewers", "email:v@firm.example=acme+beta, groups:auditors=*"),
            Map.entry("console.tls.keystore", "/etc/console.p12"),
            Map.entry("console.tls.password", "tls-secret"),
            Map.entry("logging.file", "logs/sync.log"),
            Map.entry("alarms.webhook", "https://hooks.example/T0/B0?sig=a%2Fb"),
            Map.entry("tracing.endpoint", "http://127.0.0.1:4318"));

    @Test
    void defaults() {
        assertThat(load(Map.of())).isEqualTo(new Settings(
                new Settings.Pennylane(URI.create("https://app.pennylane.com/api/external/v2"),
                        new Settings.Tokens(Path.of("secrets/pennylane")),
                        new Settings.Rate(25, Duration.ofSeconds(5)),
                        new Settings.Http(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(120),
                                64L * 1024 * 1024)),
                Optional.empty(),
                new Settings.Warehouse(Optional.empty(), new Settings.Embedded(Path.of("data/postgres"), 15_432), 16,
                        Duration.ofMinutes(2)),
                new Settings.Archive(new Settings.S3(Optional.empty(), "eu-west-3", Optional.empty(), Optional.empty(),
                        false, ""), Path.of("data/archive"), Optional.empty(),
                        Set.of("fecs", "general_ledgers", "analytical_general_ledgers")),
                new Settings.Digest(Duration.ofHours(1), Optional.empty(), Optional.empty(), Optional.empty()),
                new Settings.Retention(Optional.empty(), Optional.empty(), Map.of(), Map.of()), Settings.Privacy.NONE,
                new Settings.Sync(Duration.ofMinutes(15), Duration.ofDays(7), Duration.ofHours(6), 8, 4,
                        Set.of("filter", "include", "unchanged", "derived"), 20, Map.of()),
                new Settings.Audit(90, "0 0 2 * * ?"),
                new Settings.Quartz(false, Duration.ofSeconds(5)),
                new Settings.Routes(Path.of("routes"), Optional.empty()),
                new Settings.Console("127.0.0.1", 8_080),
                new Settings.Logging(Optional.empty()),
                new Settings.Alarming(Optional.empty()), Optional.empty(),
                Map.of(), Map.of(), Map.of()));
    }

    @Test
    void fullMapping() {
        Map<String, String> texts = new TreeMap<>(EVERY_KEY);
        texts.put("streams.ledger_entries.enabled", "false");
        texts.put("streams.quotes_appendices.since", "2024-01-01");
        texts.put("streams.quotes.retention", "90d");
        texts.put("streams.quotes.public_file_url.retention", "5y");
        texts.put("streams.quotes.privacy", "keep");
        texts.put("streams.customers.billing_iban.privacy", "mask");
        texts.put("companies.acme.interval", "2m");
        texts.put("companies.zebra-sarl.cron", "0 30 6 * * ?");
        texts.put("companies.zebra-sarl.time-zone", "Europe/Paris");
        assertThat(load(texts)).isEqualTo(new Settings(
                new Settings.Pennylane(URI.create("https://sandbox.example/v2"),
                        new Settings.Tokens(Path.of("/run/tokens")),
                        new Settings.Rate(50, Duration.ofSeconds(10)),
                        new Settings.Http(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(5),
                                1L << 30)),
                Optional.of(new Settings.Share("jdbc:redshift://share.example:5439/books", "reader",
                        Optional.of(Secret.of("share-secret")), Optional.of("books_share"), 2, Duration.ofMinutes(30),
                        Duration.ofHours(6),
                        Duration.ofMinutes(90))),
                new Settings.Warehouse(Optional.of(new Settings.Database("jdbc:postgresql://db.example/warehouse",
                        "writer", Optional.of(Secret.of("warehouse-secret")))),
                        new Settings.Embedded(Path.of("/var/lib/pennylane"), 0), 120, Duration.ZERO, 16),
                new Settings.Archive(new Settings.S3(Optional.of(URI.create("https://s3.example")), "fr-par",
                        Optional.of("invoices"),
                        Optional.of(new Settings.Credentials("AK", Secret.of("s3-secret"))), true, "books/fr"),
                        Path.of("/var/lib/archive"), Optional.of(Period.ofYears(10)), Set.of("fecs")),
                new Settings.Digest(Duration.ofMinutes(30), Optional.of(Secret.of("digest-secret")),
                        Optional.of(Path.of("/mnt/digests")), Optional.of(URI.create("https://tsa.example"))),
                new Settings.Retention(Optional.of(Period.ofYears(10)), Optional.of(Period.ofDays(400)),
                        Map.of("quotes", Period.ofDays(90)),
                        Map.of("quotes.public_file_url", Period.ofYears(5))),
                new Settings.Privacy(Treatment.OMIT, Map.of("quotes", Treatment.KEEP),
                        Map.of("customers.billing_iban", Treatment.MASK),
                        Optional.of(Secret.of("a key of thirty-two characters..."))),
                new Settings.Sync(Duration.ofHours(1), Duration.ofDays(30), Duration.ofHours(2), 20, 6,
                        Set.of("filter"), 5,
                        Map.of("acme", new Cadence.Every(Duration.ofMinutes(2)), "zebra-sarl",
                                new Cadence.At("0 30 6 * * ?", Optional.of(ZoneId.of("Europe/Paris"))))),
                new Settings.Audit(30, "0 0 4 ? * SUN"),
                new Settings.Quartz(true, Duration.ofSeconds(2)),
                new Settings.Routes(Path.of("/etc/routes"),
                        Optional.of(Path.of("/etc/allowed.yaml"))),
                new Settings.Console("0.0.0.0", 9_090, List.of(
                        new ConsoleLogin("anna", Secret.of(HASH), Optional.empty()),
                        new ConsoleLogin("victor", Secret.of(HASH),
                                Optional.of(new ConsoleLogin.Views(Set.of("acme", "beta"))))),
                        Optional.of(new Settings.Tls(Path.of("/etc/console.p12"), Secret.of("tls-secret"))),
                        Optional.of(new ConsoleOidc(URI.create("https://login.example/realm"), "pennylane-sync",
                                Secret.of("oidc-secret"), URI.create("https://console.example/login/callback"),
                                List.of(new Claim("groups", "Book keepers"),
                                        new Claim("https://firm.example/roles", "admin")),
                                Map.of(new Claim("email", "v@firm.example"),
                                        new ConsoleLogin.Views(Set.of("acme", "beta")),
                                        new Claim("groups", "auditors"), new ConsoleLogin.Views(Set.of()))))),
                new Settings.Logging(Optional.of(Path.of("logs/sync.log"))),
                new Settings.Alarming(Optional.of(Secret.of("https://hooks.example/T0/B0?sig=a%2Fb"))),
                Optional.of(URI.create("http://127.0.0.1:4318")),
                Map.of("ledger_entries", false), Map.of("quotes_appendices", LocalDate.of(2024, 1, 1)), Map.of()));
    }

    @Test
    void theMappingAboveMissesNoKeyAndDiffersFromEveryDefault() {
        assertThat(EVERY_KEY.keySet()).containsExactlyInAnyOrderElementsOf(Keys.all().stream().map(Key::name).toList());
        Keys.all().forEach(key -> assertThat(EVERY_KEY.get(key.name())).isNotEqualTo(key.defaultText()));
    }

    @Test
    void everyDefaultIsAValidValue() {
        Map<String, String> texts = new TreeMap<>();
        Keys.all().forEach(key -> texts.put(key.name(), key.defaultText()));
        assertThat(load(texts)).isEqualTo(load(Map.of()));
    }

    @Test
    void everyKeyIsAnEnvironmentVariableToo() {
        Map<String, String> variables = new TreeMap<>();
        EVERY_KEY.forEach((name, text) -> variables.put(Key.environmentName(name), text));
        variables.put("STREAMS_LEDGER_ENTRIES_ENABLED", "false");
        variables.put("COMPANIES_ACME_CRON", "0 0 2 * * ?");
        variables.put("COMPANIES_ACME_TIME_ZONE", "Europe/Paris");
        Map<String, String> texts = new TreeMap<>(EVERY_KEY);
        texts.put("streams.ledger_entries.enabled", "false");
        texts.put("companies.acme.cron", "0 0 2 * * ?");
        texts.put("companies.acme.time-zone", "Europe/Paris");
        assertThat(SettingsLoader.load(Optional.empty(), variables, new Properties(), UnaryOperator.identity()))
                .isEqualTo(load(texts));
        assertThat(variables).containsKeys("PENNYLANE_BASE_URL", "ARCHIVE_S3_ACCESS_KEY").hasSize(EVERY_KEY.size() + 3);
    }

    @Test
    void onlyAStreamThatIsConfiguredIsEnabledOrDisabled() {
        Settings settings = load(Map.of("streams.quotes.enabled", "false"));
        assertThat(settings.streams()).containsExactly(Map.entry("quotes", false));
    }

    @Test
    void aCompanyIsSyncedAtTheIntervalOfAllUnlessItHasOneOfItsOwn() {
        Settings.Sync sync = load(Map.of("sync.interval", "1h", "companies.acme.interval", "2m")).sync();
        assertThat(sync.cadenceOf("acme")).isEqualTo(new Cadence.Every(Duration.ofMinutes(2)));
        assertThat(sync.cadenceOf("zebra")).isEqualTo(new Cadence.Every(Duration.ofHours(1)));
    }

    static Settings load(Map<String, String> texts) {
        Properties system = new Properties();
        system.putAll(texts);
        return SettingsLoader.load(Optional.empty(), Map.of(), system, UnaryOperator.identity());
    }
}

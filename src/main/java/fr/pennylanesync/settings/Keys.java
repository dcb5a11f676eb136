package fr.pennylanesync.settings;

import static fr.pennylanesync.settings.Key.Use.ESSENTIAL;
import static fr.pennylanesync.settings.Key.Use.FREQUENT;
import static fr.pennylanesync.settings.Key.Use.RARE;
import static fr.pennylanesync.settings.KeyType.claimViewers;
import static fr.pennylanesync.settings.KeyType.claims;
import static fr.pennylanesync.settings.KeyType.cron;
import static fr.pennylanesync.settings.KeyType.date;
import static fr.pennylanesync.settings.KeyType.duration;
import static fr.pennylanesync.settings.KeyType.flag;
import static fr.pennylanesync.settings.KeyType.hidden;
import static fr.pennylanesync.settings.KeyType.hiddenHttpUrl;
import static fr.pennylanesync.settings.KeyType.httpUrl;
import static fr.pennylanesync.settings.KeyType.jdbcUrl;
import static fr.pennylanesync.settings.KeyType.logins;
import static fr.pennylanesync.settings.KeyType.number;
import static fr.pennylanesync.settings.KeyType.path;
import static fr.pennylanesync.settings.KeyType.period;
import static fr.pennylanesync.settings.KeyType.size;
import static fr.pennylanesync.settings.KeyType.some;
import static fr.pennylanesync.settings.KeyType.text;
import static fr.pennylanesync.settings.KeyType.timeZone;
import static fr.pennylanesync.settings.KeyType.treatment;
import static fr.pennylanesync.settings.KeyType.viewers;

import fr.pennylanesync.personal.Treatment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every setting there is. The documentation and {@code application.properties} are generated from this list. */
final class Keys {

    private static final List<Key<?>> ALL = new ArrayList<>();
    /** The shortest retention: the database refuses a shorter one too. */
    private static final int RETENTION_DAYS_MIN = 30;
    private static final String ALIAS = "[a-z0-9][a-z0-9_-]*";

    static final Key<URI> BASE_URL = key("pennylane.base-url", httpUrl(),
            "https://app.pennylane.com/api/external/v2", FREQUENT,
            "Pennylane's company API, or a sandbox. https, except on this machine");
    static final Key<Path> TOKENS_DIRECTORY = key("pennylane.tokens.directory", path(), "secrets/pennylane", ESSENTIAL,
            "One file per company, <alias>.token, mode 0600; <alias>.token.next during rotation");
    static final Key<Integer> RATE_REQUESTS = key("pennylane.rate.requests", number(1, 10_000), "25", RARE,
            "Requests per window and token; Pennylane documents 25 per 5 s");
    static final Key<Duration> RATE_WINDOW = key("pennylane.rate.window", duration("1s", "1h"), "5s", RARE,
            "Window of the request budget");
    static final Key<Duration> CONNECT_TIMEOUT = key("pennylane.http.connect-timeout", duration("100ms", "5m"), "10s",
            RARE, "For a connection to Pennylane or to a file host");
    static final Key<Duration> RESPONSE_TIMEOUT = key("pennylane.http.response-timeout", duration("100ms", "30m"),
            "60s", RARE, "For the silence before and within an answer");
    static final Key<Duration> TOTAL_TIMEOUT = key("pennylane.http.total-timeout", duration("1s", "1h"), "120s", RARE,
            "For one request from start to end; not below the two others");
    static final Key<Long> BODY_LIMIT = key("pennylane.http.body-limit", size("1MB", "1GB"), "64MB", RARE,
            "Largest answer of the API that is read; a larger one is an error, not data");

    static final Key<String> SHARE_URL =
            optional("share.jdbc-url", jdbcUrl("jdbc:redshift://", "jdbc:redshift:iam://", "jdbc:postgresql://"),
                    ESSENTIAL, "Pennylane's data sharing; empty: histories come from the API alone");
    static final Key<String> SHARE_USERNAME = optional("share.username", text(), ESSENTIAL,
            "Login of the data sharing");
    static final Key<Secret> SHARE_PASSWORD = optional("share.password", hidden(), ESSENTIAL,
            "Password of the data sharing");
    static final Key<String> SHARE_DATABASE = optional("share.database", text(), RARE,
            "Database whose tables are read, if it is another than that of the URL, as one made of an Amazon datashare "
                    + "is: statements name it then");
    static final Key<Integer> SHARE_CONNECTIONS = key("share.connections", number(1, 20), "4", RARE,
            "Connections to the data sharing at once, over all companies");
    static final Key<Duration> SHARE_SOCKET_TIMEOUT = key("share.socket-timeout", duration("1s", "2h"), "15m", RARE,
            "For the silence before and within an answer of the data sharing, which computes a whole result first");
    static final Key<Duration> SHARE_LAG = key("share.lag", duration("0s", "14d"), "48h", RARE,
            "How far the data sharing may be behind the API: the changelogs are replayed from so long before its "
                    + "history");
    static final Key<Duration> SHARE_FALLBACK_AFTER = key("share.fallback-after", duration("0s", "14d"), "1h", RARE,
            "How long the data sharing may be away before histories are read from the API, where that has them too");

    static final Key<String> WAREHOUSE_URL = optional("warehouse.jdbc-url", jdbcUrl("jdbc:postgresql://"), ESSENTIAL,
            "PostgreSQL 13 or later; empty: an embedded PostgreSQL");
    static final Key<String> WAREHOUSE_USERNAME = optional("warehouse.username", text(), ESSENTIAL,
            "Login of the warehouse; needs the right to create the schemas pennylane and pennylane_sync");
    static final Key<Secret> WAREHOUSE_PASSWORD = optional("warehouse.password", hidden(), ESSENTIAL,
            "Password of the warehouse");
    static final Key<Path> EMBEDDED_DIRECTORY = key("warehouse.embedded.directory", path(), "data/postgres", FREQUENT,
            "Data of the embedded PostgreSQL, kept between runs: a local disk, in your backups");
    static final Key<Integer> EMBEDDED_PORT = key("warehouse.embedded.port", number(0, 65_535), "15432", FREQUENT,
            "Port of the embedded PostgreSQL on 127.0.0.1; 0: any free one, anew at each start");
    static final Key<Integer> POOL_SIZE = key("warehouse.pool-size", number(2, 500), "16", RARE,
            "Most connections to the warehouse at once; at most 90 of the embedded PostgreSQL's 100");
    static final Key<Integer> PARTITIONS = key("warehouse.partitions", number(0, 1_024), "0", RARE,
            "Partitions, by company, of each table of a stream that is made from now on; 0: none");
    static final Key<Duration> START_TIMEOUT = key("warehouse.start-timeout", duration("0s", "1h"), "2m", RARE,
            "How long to wait at start for a database that does not answer yet");

    static final Key<URI> S3_ENDPOINT = optional("archive.s3.endpoint", httpUrl(), ESSENTIAL,
            "S3 server of the archive; empty, and no AWS credentials: an embedded S3 in data/archive");
    static final Key<String> S3_REGION = key("archive.s3.region", text(), "eu-west-3", ESSENTIAL,
            "Region of the bucket");
    static final Key<String> S3_BUCKET = optional("archive.s3.bucket", text(), ESSENTIAL,
            "Bucket of the archive; must exist, unless the S3 is embedded");
    static final Key<String> S3_ACCESS_KEY = optional("archive.s3.access-key", text(), ESSENTIAL,
            "Access key; empty: the AWS SDK looks for credentials as usual");
    static final Key<Secret> S3_SECRET_KEY = optional("archive.s3.secret-key", hidden(), ESSENTIAL,
            "Secret of the access key");
    static final Key<Boolean> S3_PATH_STYLE = key("archive.s3.path-style", flag(), "false", FREQUENT,
            "true for MinIO, Ceph and others that have no DNS name per bucket");
    static final Key<String> S3_PREFIX = optional("archive.s3.prefix", text(), FREQUENT,
            "Beginning of every object key, without a slash at either end");
    static final Key<Path> ARCHIVE_DIRECTORY = key("archive.directory", path(), "data/archive", FREQUENT,
            "Downloads under way and, where no bucket is configured, the embedded S3: a local disk, in your backups");
    static final Key<Period> RETENTION = optional("archive.retention", period(1), FREQUENT,
            "S3 Object Lock on each object, like 10y; refused where the bucket has none");

    static final Key<Set<String>> EXPORTS = key("archive.exports",
            some(List.of("fecs", "general_ledgers", "analytical_general_ledgers")),
            "fecs, general_ledgers, analytical_general_ledgers", FREQUENT,
            "Exports of the ledger that are archived: of each closed fiscal year, and of each past month of an open "
                    + "one at most once a week, where the books have changed since; none: no export is asked for");

    static final Key<Duration> DIGEST_INTERVAL = key("digest.interval", duration("1m", "7d"), "1h", RARE,
            "How long after one digest document the next is made, where no sync that landed brings it earlier");
    static final Key<Secret> DIGEST_PRIVATE_KEY = optional("digest.private-key", hidden(), FREQUENT,
            "Ed25519 key that signs digest documents, PKCS#8 in base64; empty: digest.key beside the token files");
    static final Key<Path> DIGEST_DIRECTORY = optional("digest.directory", path(), FREQUENT,
            "Second place for each digest document, best on another machine; empty: the archive alone");
    static final Key<URI> DIGEST_TSA_URL = optional("digest.tsa-url", httpUrl(), FREQUENT,
            "RFC 3161 server that time-stamps the hash of each digest document; empty: none is asked");

    static final Key<Period> RETENTION_VERSIONS = optional("retention.versions", period(RETENTION_DAYS_MIN), FREQUENT,
            "How long the version of a record is kept that another one replaced, like 10y; empty: for ever");
    static final Key<Period> RETENTION_BATCHES = optional("retention.batches", period(RETENTION_DAYS_MIN), FREQUENT,
            "How long a batch stands in the ledger that nothing names which is kept, like 2y; empty: for ever");

    static final Key<Treatment> PERSONAL_DATA = key("privacy.personal-data", treatment(), "keep", FREQUENT,
            "What becomes of personal data before it is stored, where docs/reference/streams.md lists it");
    static final Key<Secret> PRIVACY_HASH_KEY = optional("privacy.hash-key", hidden(), FREQUENT,
            "Key of the hashes that stand for personal data: 32 characters or more, the same for ever");

    static final Key<Duration> SYNC_INTERVAL = key("sync.interval", duration("10s", "7d"), "15m", FREQUENT,
            "How often each company is synced, spread by jitter");
    static final Key<Duration> SWEEP_INTERVAL = key("sync.sweep-interval", duration("1h", "365d"), "7d", RARE,
            "How often a complete walk looks for deletions in a stream that has a changelog too");
    static final Key<Duration> SWEEP_INTERVAL_WITHOUT_CHANGELOG = key("sync.sweep-interval-without-changelog",
            duration("1m", "365d"), "6h", FREQUENT,
            "The same for a stream without a changelog: all that keeps it fresh");
    static final Key<Integer> PARALLEL_COMPANIES = key("sync.parallel-companies", number(1, 100), "8", RARE,
            "Companies synced at the same time");
    static final Key<Integer> PARALLEL_STREAMS = key("sync.parallel-streams", number(1, 50), "4", RARE,
            "Streams of one company synced at the same time, under its one request budget");
    static final Key<Set<String>> PROOFS =
            key("sync.proofs", some(List.of("filter", "unchanged", "derived", "include")),
                    "filter, unchanged, derived, include", RARE,
                    "By what sub-lists need not be asked for one by one, see OPERATING.md; none: each is asked for");
    static final Key<Integer> PROOF_TRIALS = key("sync.proof-trials", number(0, 10_000), "20", RARE,
            "How many sub-lists of a kind are asked for before what proves them is relied on; then one in a "
                    + "hundred is");
    static final Key<Integer> REREAD_DAYS = key("audit.reread-days", number(1, 3_650), "90", FREQUENT,
            "Within how many days every record that can be asked for by id is read again, to see whether it changed");
    static final Key<String> AUDIT_CRON = key("audit.cron", cron(), "0 0 2 * * ?", FREQUENT,
            "When the companies are audited, spread over the hour that follows");
    static final Key<Boolean> QUARTZ_CLUSTER = key("quartz.cluster", flag(), "false", RARE,
            "true: the schedules live in the warehouse and several nodes share them");
    static final Key<Duration> QUARTZ_CHECK_IN = key("quartz.check-in-interval", duration("500ms", "1m"), "5s", RARE,
            "How often a node of a cluster says that it lives; one that is silent for this and 7.5 s longer is taken "
                    + "over from");
    static final Key<Path> ROUTES_DIRECTORY = key("routes.directory", path(), "routes", FREQUENT,
            "Watched folder of the routes; missing: the routes inside the jar");
    static final Key<Path> ROUTES_ALLOW = optional("routes.allow", path(), FREQUENT,
            "File that widens what route files may use; empty: what the program ships");
    static final Key<String> CONSOLE_ADDRESS = key("console.address", text(), "127.0.0.1", FREQUENT,
            "Address of console, health and metrics; the pages are shown to others than this machine only with a "
                    + "login");
    static final Key<Integer> CONSOLE_PORT = key("console.port", number(0, 65_535), "8080", FREQUENT,
            "Port of console, health and metrics; 0: any free one");
    static final Key<Map<String, Secret>> CONSOLE_USERS = optional("console.users", logins(), FREQUENT,
            "Logins of the console, as the command console-password prints them; empty, without console.oidc.issuer "
                    + "too: it asks for none, answers only this machine, and allows nothing but to sync now");
    static final Key<Map<String, ConsoleLogin.Views>> CONSOLE_VIEWERS = optional("console.viewers", viewers(), FREQUENT,
            "Which of the logins may only look, and at which companies");
    static final Key<URI> OIDC_ISSUER = optional("console.oidc.issuer", httpUrl(), FREQUENT,
            "OpenID provider that people log in to the console by; empty: none. https, except on this machine");
    static final Key<String> OIDC_CLIENT_ID = optional("console.oidc.client-id", text(), FREQUENT,
            "Name of the console at the provider");
    static final Key<Secret> OIDC_CLIENT_SECRET = optional("console.oidc.client-secret", hidden(), FREQUENT,
            "Secret of the console at the provider");
    static final Key<URI> OIDC_CALLBACK = optional("console.oidc.callback-url", httpUrl(), FREQUENT,
            "Address that the provider sends people back to, as registered there: that of the console with "
                    + ConsoleOidc.CALLBACK_PATH + ". https, except on this machine");
    static final Key<List<ConsoleOidc.Claim>> OIDC_OPERATORS = optional("console.oidc.operators", claims(), FREQUENT,
            "Claims whose holders may do and see everything, like groups:books-operators");
    static final Key<Map<ConsoleOidc.Claim, ConsoleLogin.Views>> OIDC_VIEWERS = optional("console.oidc.viewers",
            claimViewers(), FREQUENT, "Claims whose holders may only look, and at which companies, like "
                    + "groups:clerks=acme+beta");
    static final Key<Path> CONSOLE_TLS_KEYSTORE = optional("console.tls.keystore", path(), FREQUENT,
            "PKCS#12 file with certificate and key of the console; empty: plain HTTP");
    static final Key<Secret> CONSOLE_TLS_PASSWORD = optional("console.tls.password", hidden(), FREQUENT,
            "Password of that file");
    static final Key<Path> LOGGING_FILE = optional("logging.file", path(), FREQUENT,
            "File of the structured log, rotated at 50 MB; empty: standard error");

    static final Key<Secret> ALARMS_WEBHOOK = optional("alarms.webhook", hiddenHttpUrl(), FREQUENT,
            "Address that is told when an alarm starts or ends, a secret; empty: the log and the table alone");

    static final Key<URI> TRACING_ENDPOINT = optional("tracing.endpoint", httpUrl(), FREQUENT,
            "OTLP server (HTTP) that spans of syncs are sent to, like http://localhost:4318; empty: none are made");

    /** Any name: streams are added by files, without Java. */
    static final KeyFamily<Boolean> STREAM_ENABLED =
            new KeyFamily<>("streams", "[a-z][a-z0-9_]*", "enabled", "<stream>", flag(),
                    "Whether a stream is synced, like streams.quotes.enabled=false; else its definition decides");
    static final KeyFamily<LocalDate> STREAM_SINCE =
            new KeyFamily<>("streams", "[a-z][a-z0-9_]*", "since", "<stream>", date(),
                    "Limits a stream of sub-lists, or the files of a stream, to records from this date on, like "
                            + "streams.customer_invoices_payments.since=2024-01-01; what is older is left out until "
                            + "the key is removed");
    static final KeyFamily<Period> STREAM_RETENTION =
            new KeyFamily<>("streams", "[a-z][a-z0-9_]*", "retention", "<stream>", period(RETENTION_DAYS_MIN),
                    "How long replaced versions of this stream are kept; else retention.versions says so");
    static final KeyFamily<Period> FILE_RETENTION =
            new KeyFamily<>("streams", "[a-z][a-z0-9_]*(?:\\.\\w+)+", "retention", "<stream>.<field>",
                    period(RETENTION_DAYS_MIN), "How long archived files of this field are kept, from the end of their"
                            + " record's year on, like streams.quotes.public_file_url.retention=5y; else for ever");
    static final KeyFamily<Treatment> STREAM_PRIVACY =
            new KeyFamily<>("streams", "[a-z][a-z0-9_]*", "privacy", "<stream>", treatment(),
                    "What becomes of this stream's personal data; else privacy.personal-data says so");
    static final KeyFamily<Treatment> FIELD_PRIVACY =
            new KeyFamily<>("streams", "[a-z][a-z0-9_]*(?:\\.\\w+)+", "privacy", "<stream>.<field>", treatment(),
                    "What becomes of one field, like streams.customers.billing_iban.privacy=mask");
    /** Any alias: companies are added by token files. */
    static final KeyFamily<Duration> COMPANY_INTERVAL =
            new KeyFamily<>("companies", ALIAS, "interval", "<alias>", duration("10s", "7d"),
                    "How often this company is synced; else sync.interval says so");
    static final KeyFamily<String> COMPANY_CRON = new KeyFamily<>("companies", ALIAS, "cron", "<alias>", cron(),
            "When this company is synced, instead of an interval, like 0 30 6,13,20 ? * MON-FRI");
    static final KeyFamily<ZoneId> COMPANY_TIME_ZONE =
            new KeyFamily<>("companies", ALIAS, "time-zone", "<alias>", timeZone(),
                    "The clocks that this company's cron expression means, like Europe/Paris; "
                            + "else those of the process");
    static final List<KeyFamily<?>> FAMILIES =
            List.of(STREAM_ENABLED, STREAM_SINCE, STREAM_RETENTION, FILE_RETENTION, STREAM_PRIVACY, FIELD_PRIVACY,
                    COMPANY_INTERVAL, COMPANY_CRON, COMPANY_TIME_ZONE);

    /** First words of names that are ours: an unknown key there is a mistake. */
    static final Set<String> PREFIXES =
            Set.of("audit", "pennylane", "share", "warehouse", "archive", "digest", "retention", "privacy", "sync",
                    "quartz",
                    "routes",
                    "console", "logging", "alarms", "tracing", "streams", "companies");

    private Keys() {}

    /** Returns the keys in the order of declaration. */
    static List<Key<?>> all() {
        return List.copyOf(ALL);
    }

    static Optional<Key<?>> named(String name) {
        return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    static boolean isKnown(String name) {
        return named(name).isPresent() || FAMILIES.stream().anyMatch(family -> family.holds(name));
    }

    static boolean isOurs(String name) {
        return PREFIXES.contains(name.split("\\.", 2)[0]);
    }

    /** The known name that a mistyped one most resembles, if any does. */
    static Optional<String> closestTo(String name) {
        return ALL.stream().map(Key::name).min(Comparator.comparingInt(known -> EditDistance.between(known, name)))
                .filter(known -> EditDistance.between(known, name) <= EditDistance.TYPING_MISTAKE);
    }

    private static <T> Key<T> key(String name, KeyType<T> type, String defaultText, Key.Use use, String meaning) {
        Key<T> key = new Key<>(name, type, defaultText, use, meaning);
        ALL.add(key);
        return key;
    }

    private static <T> Key<T> optional(String name, KeyType<T> type, Key.Use use, String meaning) {
        return key(name, type, "", use, meaning);
    }
}

package fr.pennylanesync.settings;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Values that are right one by one and wrong together. */
final class Contradictions {

    /** The embedded PostgreSQL takes 100 connections; some are left to analysts. */
    private static final int EMBEDDED_POOL_SIZE_MAX = 90;
    private static final int HASH_KEY_LENGTH_MIN = 32;
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Holds what Amazon's driver asks for before it logs in by IAM, and the library that has it. */
    private static final Map<String, String> CLASSES_OF_IAM = Map.of(
            "software.amazon.awssdk.services.redshift.RedshiftClient", "software.amazon.awssdk:redshift",
            "software.amazon.awssdk.services.redshiftserverless.RedshiftServerlessClient",
            "software.amazon.awssdk:redshiftserverless");

    private final Predicate<String> classes;
    private final Values values;
    private final List<SettingsFault> faults;

    Contradictions(Values values, List<SettingsFault> faults) {
        this(values, faults, Contradictions::isPresent);
    }

    /** @param classes tells whether the class path has a class */
    Contradictions(Values values, List<SettingsFault> faults, Predicate<String> classes) {
        this.classes = classes;
        this.values = values;
        this.faults = faults;
    }

    void check(Settings.Privacy privacy) {
        checkPrivacy(privacy);
        checkBaseUrl();
        checkTimeouts();
        checkShare();
        checkWarehouse();
        checkArchive();
        checkConsole();
    }

    /** A key that can be guessed hides nothing. */
    private void checkPrivacy(Settings.Privacy privacy) {
        if (privacy.hashes() && !values.has(Keys.PRIVACY_HASH_KEY)) {
            refuse(Keys.PRIVACY_HASH_KEY, "is missing, yet personal data is to be hashed",
                    "Give " + HASH_KEY_LENGTH_MIN + " characters that nobody can guess, and keep them for ever.");
        }
        privacy.hashKey().filter(key -> key.reveal().length() < HASH_KEY_LENGTH_MIN)
                .ifPresent(key -> refuse(Keys.PRIVACY_HASH_KEY, "is shorter than " + HASH_KEY_LENGTH_MIN
                        + " characters", "Give a longer one: openssl rand -hex 32 makes one."));
    }

    private static boolean isClear(URI address) {
        return !address.getScheme().equals("https") && !LOOPBACK_HOSTS.contains(address.getHost());
    }

    private void checkBaseUrl() {
        URI baseUrl = values.get(Keys.BASE_URL);
        if (isClear(baseUrl)) {
            refuse(Keys.BASE_URL, "the tokens would travel in the clear to " + baseUrl.getHost(),
                    "Use https; http is for a sandbox on this machine.");
        }
    }

    private void checkTimeouts() {
        for (Key<Duration> part : List.of(Keys.CONNECT_TIMEOUT, Keys.RESPONSE_TIMEOUT)) {
            if (values.get(part).compareTo(values.get(Keys.TOTAL_TIMEOUT)) > 0) {
                refuse(part, "is longer than " + Keys.TOTAL_TIMEOUT.name() + ", so it can never apply",
                        "Lower it, or raise " + Keys.TOTAL_TIMEOUT.name() + ".");
            }
        }
    }

    private void checkShare() {
        needs(Keys.SHARE_URL, Keys.SHARE_USERNAME);
        needs(Keys.SHARE_USERNAME, Keys.SHARE_URL);
        needs(Keys.SHARE_PASSWORD, Keys.SHARE_URL);
        needs(Keys.SHARE_DATABASE, Keys.SHARE_URL);
        values.find(Keys.SHARE_URL).filter(url -> url.startsWith(Settings.Share.BY_IAM)).ifPresent(url -> checkIam());
    }

    /** The driver would end in an Error, minutes later. */
    private void checkIam() {
        if (values.has(Keys.SHARE_PASSWORD)) {
            refuse(Keys.SHARE_PASSWORD, "is given, yet the login is one by IAM, which has none",
                    "Remove it, or write " + Keys.SHARE_URL.name() + " without iam:.");
        }
        for (Map.Entry<String, String> needed : CLASSES_OF_IAM.entrySet()) {
            if (!classes.test(needed.getKey())) {
                refuse(Keys.SHARE_URL, "logs in by IAM, for which the class path has no " + needed.getKey(),
                        "Add " + needed.getValue() + " with what it depends on (docs/OPERATING.md, Data sharing).");
            }
        }
    }

    private static boolean isPresent(String name) {
        return Contradictions.class.getClassLoader().getResource(name.replace('.', '/') + ".class") != null;
    }

    private void checkWarehouse() {
        needs(Keys.WAREHOUSE_URL, Keys.WAREHOUSE_USERNAME);
        needs(Keys.WAREHOUSE_USERNAME, Keys.WAREHOUSE_URL);
        needs(Keys.WAREHOUSE_PASSWORD, Keys.WAREHOUSE_URL);
        if (!values.has(Keys.WAREHOUSE_URL) && values.get(Keys.POOL_SIZE) > EMBEDDED_POOL_SIZE_MAX) {
            refuse(Keys.POOL_SIZE, "the embedded PostgreSQL has no room for so many connections",
                    "Give at most " + EMBEDDED_POOL_SIZE_MAX + ", or set " + Keys.WAREHOUSE_URL.name() + ".");
        }
    }

    private void checkArchive() {
        needs(Keys.S3_ACCESS_KEY, Keys.S3_SECRET_KEY);
        needs(Keys.S3_SECRET_KEY, Keys.S3_ACCESS_KEY);
        needs(Keys.S3_ENDPOINT, Keys.S3_BUCKET);
        needs(Keys.S3_ACCESS_KEY, Keys.S3_BUCKET);
        needs(Keys.RETENTION, Keys.S3_BUCKET);
        Optional<String> prefix = values.find(Keys.S3_PREFIX);
        if (prefix.isPresent() && (prefix.get().startsWith("/") || prefix.get().endsWith("/"))) {
            refuse(Keys.S3_PREFIX, "begins or ends with a slash", "Leave it out: the object keys bring their own.");
        }
    }

    private void checkConsole() {
        checkOidc();
        needs(Keys.CONSOLE_TLS_KEYSTORE, Keys.CONSOLE_TLS_PASSWORD);
        needs(Keys.CONSOLE_TLS_PASSWORD, Keys.CONSOLE_TLS_KEYSTORE);
        if (values.has(Keys.CONSOLE_USERS) && values.find(Keys.CONSOLE_USERS).isEmpty()) {
            return;
        }
        Set<String> logins = values.find(Keys.CONSOLE_USERS).map(Map::keySet).orElse(Set.of());
        values.find(Keys.CONSOLE_VIEWERS).ifPresent(viewers -> viewers.keySet().stream()
                .filter(name -> !logins.contains(name))
                .forEach(name -> refuse(Keys.CONSOLE_VIEWERS, "names " + name + ", who cannot log in",
                        "Name only logins of " + Keys.CONSOLE_USERS.name() + ".")));
    }

    private void checkOidc() {
        for (Key<?> key : List.of(Keys.OIDC_CLIENT_ID, Keys.OIDC_CLIENT_SECRET, Keys.OIDC_CALLBACK)) {
            needs(Keys.OIDC_ISSUER, key);
            needs(key, Keys.OIDC_ISSUER);
        }
        needs(Keys.OIDC_OPERATORS, Keys.OIDC_ISSUER);
        needs(Keys.OIDC_VIEWERS, Keys.OIDC_ISSUER);
        if (values.has(Keys.OIDC_ISSUER) && !values.has(Keys.OIDC_OPERATORS) && !values.has(Keys.OIDC_VIEWERS)) {
            refuse(Keys.OIDC_ISSUER, "is given, yet nobody who logs in by it may see anything",
                    "Give " + Keys.OIDC_OPERATORS.name() + " or " + Keys.OIDC_VIEWERS.name() + ".");
        }
        for (Key<URI> key : List.of(Keys.OIDC_ISSUER, Keys.OIDC_CALLBACK)) {
            values.find(key).filter(Contradictions::isClear).ifPresent(address -> refuse(key,
                    "logins would travel in the clear to " + address.getHost(),
                    "Use https; http is for this machine."));
        }
        values.find(Keys.OIDC_CALLBACK).filter(address -> !address.getPath().equals(ConsoleOidc.CALLBACK_PATH))
                .ifPresent(other -> refuse(Keys.OIDC_CALLBACK, "has another path than " + ConsoleOidc.CALLBACK_PATH,
                        "Give the address of the console with " + ConsoleOidc.CALLBACK_PATH + " behind its host."));
    }

    private void needs(Key<?> given, Key<?> missing) {
        if (values.has(given) && !values.has(missing)) {
            refuse(given, "is given, yet " + missing.name() + " is not", "Give both, or neither.");
        }
    }

    private void refuse(Key<?> key, String problem, String remedy) {
        faults.add(new SettingsFault(key.name(), problem, remedy));
    }
}

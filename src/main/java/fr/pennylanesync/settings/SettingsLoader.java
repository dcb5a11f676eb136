package fr.pennylanesync.settings;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads the configuration: {@code -Dkey=value} wins over the environment ({@code PENNYLANE_BASE_URL}), which wins over
 * the file, which wins over the default. An empty value counts as not given.
 */
public final class SettingsLoader {

    private SettingsLoader() {}

    /**
     * The configuration, or all that is wrong with it.
     *
     * @param file the file to read, which must exist; empty: {@code application.properties} in the working directory or
     * else beside the jar, if there is one
     * @param placeholders resolves the {@code {{…}}} in a value; throws when it cannot
     * @throws SettingsException with every fault at once
     */
    public static Settings load(Optional<Path> file, Map<String, String> environment, Properties system,
            UnaryOperator<String> placeholders) {
        List<SettingsFault> faults = new ArrayList<>();
        Map<String, String> fromFile = SettingsFile.read(file, faults);
        Map<String, String> texts = new SettingSources(fromFile, environment, system, faults).merge();
        Values values = new Values(texts, placeholders, faults);
        Map<String, Boolean> streams = Keys.STREAM_ENABLED.values(texts, values);
        Map<String, LocalDate> since = Keys.STREAM_SINCE.values(texts, values);
        Map<String, Cadence> companies = companies(texts, values, faults);
        Settings.Retention retention = new Settings.Retention(values.find(Keys.RETENTION_VERSIONS),
                values.find(Keys.RETENTION_BATCHES), Keys.STREAM_RETENTION.values(texts, values),
                Keys.FILE_RETENTION.values(texts, values));
        Settings.Privacy privacy = new Settings.Privacy(values.get(Keys.PERSONAL_DATA),
                Keys.STREAM_PRIVACY.values(texts, values), Keys.FIELD_PRIVACY.values(texts, values),
                values.find(Keys.PRIVACY_HASH_KEY));
        new Contradictions(values, faults).check(privacy);
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
        return settings(values, retention, privacy, streams, since, companies, others(fromFile));
    }

    private static Settings settings(Values values, Settings.Retention retention, Settings.Privacy privacy,
            Map<String, Boolean> streams, Map<String, LocalDate> since, Map<String, Cadence> companies,
            Map<String, String> others) {
        return new Settings(pennylane(values), share(values), warehouse(values), archive(values),
                new Settings.Digest(values.get(Keys.DIGEST_INTERVAL), values.find(Keys.DIGEST_PRIVATE_KEY),
                        values.find(Keys.DIGEST_DIRECTORY), values.find(Keys.DIGEST_TSA_URL)),
                retention, privacy,
                new Settings.Sync(values.get(Keys.SYNC_INTERVAL), values.get(Keys.SWEEP_INTERVAL),
                        values.get(Keys.SWEEP_INTERVAL_WITHOUT_CHANGELOG), values.get(Keys.PARALLEL_COMPANIES),
                        values.get(Keys.PARALLEL_STREAMS), values.get(Keys.PROOFS),
                        values.get(Keys.PROOF_TRIALS), companies),
                new Settings.Audit(values.get(Keys.REREAD_DAYS), values.get(Keys.AUDIT_CRON)),
                new Settings.Quartz(values.get(Keys.QUARTZ_CLUSTER), values.get(Keys.QUARTZ_CHECK_IN)),
                new Settings.Routes(values.get(Keys.ROUTES_DIRECTORY), values.find(Keys.ROUTES_ALLOW)),
                console(values),
                new Settings.Logging(values.find(Keys.LOGGING_FILE)),
                new Settings.Alarming(values.find(Keys.ALARMS_WEBHOOK)), values.find(Keys.TRACING_ENDPOINT), streams,
                since, others);
    }

    private static Settings.Console console(Values values) {
        Map<String, ConsoleLogin.Views> viewers = values.find(Keys.CONSOLE_VIEWERS).orElse(Map.of());
        List<ConsoleLogin> logins = values.find(Keys.CONSOLE_USERS).orElse(Map.of()).entrySet().stream()
                .map(login -> new ConsoleLogin(login.getKey(), login.getValue(),
                        Optional.ofNullable(viewers.get(login.getKey()))))
                .toList();
        return new Settings.Console(values.get(Keys.CONSOLE_ADDRESS), values.get(Keys.CONSOLE_PORT), logins,
                values.find(Keys.CONSOLE_TLS_KEYSTORE).map(keystore -> new Settings.Tls(keystore,
                        values.find(Keys.CONSOLE_TLS_PASSWORD).orElseThrow())),
                oidc(values));
    }

    private static Optional<ConsoleOidc> oidc(Values values) {
        return values.find(Keys.OIDC_ISSUER).map(issuer -> new ConsoleOidc(issuer,
                values.find(Keys.OIDC_CLIENT_ID).orElseThrow(), values.find(Keys.OIDC_CLIENT_SECRET).orElseThrow(),
                values.find(Keys.OIDC_CALLBACK).orElseThrow(), values.find(Keys.OIDC_OPERATORS).orElse(List.of()),
                values.find(Keys.OIDC_VIEWERS).orElse(Map.of())));
    }

    private static Settings.Pennylane pennylane(Values values) {
        return new Settings.Pennylane(values.get(Keys.BASE_URL), new Settings.Tokens(values.get(Keys.TOKENS_DIRECTORY)),
                new Settings.Rate(values.get(Keys.RATE_REQUESTS), values.get(Keys.RATE_WINDOW)),
                new Settings.Http(values.get(Keys.CONNECT_TIMEOUT), values.get(Keys.RESPONSE_TIMEOUT),
                        values.get(Keys.TOTAL_TIMEOUT), values.get(Keys.BODY_LIMIT)));
    }

    private static Optional<Settings.Share> share(Values values) {
        return values.find(Keys.SHARE_URL).map(url -> new Settings.Share(url,
                values.find(Keys.SHARE_USERNAME).orElseThrow(), values.find(Keys.SHARE_PASSWORD),
                values.find(Keys.SHARE_DATABASE), values.get(Keys.SHARE_CONNECTIONS),
                values.get(Keys.SHARE_SOCKET_TIMEOUT), values.get(Keys.SHARE_LAG),
                values.get(Keys.SHARE_FALLBACK_AFTER)));
    }

    private static Settings.Warehouse warehouse(Values values) {
        Optional<Settings.Database> database = values.find(Keys.WAREHOUSE_URL).map(url -> new Settings.Database(url,
                values.find(Keys.WAREHOUSE_USERNAME).orElseThrow(), values.find(Keys.WAREHOUSE_PASSWORD)));
        return new Settings.Warehouse(database,
                new Settings.Embedded(values.get(Keys.EMBEDDED_DIRECTORY), values.get(Keys.EMBEDDED_PORT)),
                values.get(Keys.POOL_SIZE), values.get(Keys.START_TIMEOUT), values.get(Keys.PARTITIONS));
    }

    private static Settings.Archive archive(Values values) {
        Optional<Settings.Credentials> credentials = values.find(Keys.S3_ACCESS_KEY)
                .map(accessKey -> new Settings.Credentials(accessKey, values.find(Keys.S3_SECRET_KEY).orElseThrow()));
        Settings.S3 s3 = new Settings.S3(values.find(Keys.S3_ENDPOINT), values.get(Keys.S3_REGION),
                values.find(Keys.S3_BUCKET), credentials, values.get(Keys.S3_PATH_STYLE),
                values.find(Keys.S3_PREFIX).orElse(""));
        return new Settings.Archive(s3, values.get(Keys.ARCHIVE_DIRECTORY), values.find(Keys.RETENTION),
                values.get(Keys.EXPORTS));
    }

    private static Map<String, Cadence> companies(Map<String, String> texts, Values values,
            List<SettingsFault> faults) {
        Map<String, Cadence> companies = new TreeMap<>();
        Keys.COMPANY_INTERVAL.values(texts, values)
                .forEach((alias, interval) -> companies.put(alias, new Cadence.Every(interval)));
        Map<String, ZoneId> zones = Keys.COMPANY_TIME_ZONE.values(texts, values);
        Keys.COMPANY_CRON.values(texts, values).forEach((alias, cron) -> {
            if (companies.put(alias, new Cadence.At(cron, Optional.ofNullable(zones.remove(alias)))) != null) {
                faults.add(new SettingsFault("companies." + alias + ".cron",
                        "is given beside an interval of the same company", "Give one of the two."));
            }
        });
        zones.keySet().forEach(alias -> faults.add(new SettingsFault("companies." + alias + ".time-zone",
                "is given without a cron expression of the same company",
                "Give companies." + alias + ".cron too: an interval needs no time zone.")));
        return companies;
    }

    private static Map<String, String> others(Map<String, String> fromFile) {
        Map<String, String> others = new TreeMap<>(fromFile);
        others.keySet().removeIf(Keys::isOurs);
        return others;
    }
}

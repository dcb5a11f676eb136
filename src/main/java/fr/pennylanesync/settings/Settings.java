package fr.pennylanesync.settings;

import fr.pennylanesync.personal.Treatment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration, typed and checked: whoever holds one need not check again. Made by {@link SettingsLoader};
 * what each value means is said once, with its key, and in {@code application.properties}.
 *
 * @param privacy what becomes of personal data
 * @param tracing the OTLP server that spans are sent to; empty: none are made
 * @param streams whether a stream is to be synced, by name, where the configuration says so
 * @param since from which date on the sub-lists or the files of a stream are read, by its name
 * @param others keys of the file that are not ours, such as {@code camel.*}, as written
 */
public record Settings(Pennylane pennylane, Optional<Share> share, Warehouse warehouse, Archive archive, Digest digest,
        Retention retention, Privacy privacy, Sync sync,
        Audit audit, Quartz quartz, Routes routes, Console console, Logging logging, Alarming alarms,
        Optional<URI> tracing, Map<String, Boolean> streams, Map<String, LocalDate> since,
        Map<String, String> others) {

    public Settings {
        streams = Map.copyOf(streams);
        since = Map.copyOf(since);
        others = Map.copyOf(others);
    }

    /** The same, with another time to wait at start for a database that does not answer. */
    public Settings waitingFor(Duration startTimeout) {
        Warehouse patient =
                new Warehouse(warehouse.database(), warehouse.embedded(), warehouse.poolSize(), startTimeout);
        return new Settings(pennylane, share, patient, archive, digest, retention, privacy, sync, audit, quartz, routes,
                console,
                logging, alarms, tracing,
                streams, since, others);
    }

    public record Pennylane(URI baseUrl, Tokens tokens, Rate rate, Http http) {}

    public record Tokens(Path directory) {}

    /** Per token. */
    public record Rate(int requests, Duration window) {

        /** Returns how many requests that is for each second. */
        public double perSecond() {
            return 1_000.0 * requests / window.toMillis();
        }
    }

    public record Http(Duration connectTimeout, Duration responseTimeout, Duration totalTimeout, long bodyLimitBytes) {}

    /**
     * @param database where the tables are, if it is another than that of the URL
     * @param connections at the same time, over all companies
     * @param socketTimeout for the silence before and within an answer
     * @param lag how far the share may be behind the API
     * @param fallbackAfter how long it may be away before a history is read from the API
     */
    public record Share(String jdbcUrl, String username, Optional<Secret> password, Optional<String> database,
            int connections, Duration socketTimeout, Duration lag, Duration fallbackAfter) {

        static final String BY_IAM = "jdbc:redshift:iam:";

        /** Tells whether Amazon's driver asks for a password by itself, with the credentials of an AWS account. */
        public boolean isByIam() {
            return jdbcUrl.startsWith(BY_IAM);
        }
    }

    /**
     * @param database a PostgreSQL of the user's own; empty: the embedded one
     * @param partitions of each table of a stream that is made; 0: none
     */
    public record Warehouse(Optional<Database> database, Embedded embedded, int poolSize, Duration startTimeout,
            int partitions) {

        /** Its tables have no partitions. */
        public Warehouse(Optional<Database> database, Embedded embedded, int poolSize, Duration startTimeout) {
            this(database, embedded, poolSize, startTimeout, 0);
        }
    }

    public record Database(String jdbcUrl, String username, Optional<Secret> password) {}

    public record Embedded(Path directory, int port) {}

    /**
     * @param directory of downloads under way, and of the embedded S3
     * @param exports of the ledger that are kept
     */
    public record Archive(S3 s3, Path directory, Optional<Period> retention, Set<String> exports) {

        public Archive {
            exports = Set.copyOf(exports);
        }

        /** Keeps documents alone. */
        public Archive(S3 s3, Path directory, Optional<Period> retention) {
            this(s3, directory, retention, Set.of());
        }
    }

    /**
     * @param interval from one digest document to the next, where nothing lands
     * @param privateKey that signs; empty: one is made beside the token files
     * @param directory for a second copy of each document
     * @param tsaUrl of a server that time-stamps each document
     */
    public record Digest(Duration interval, Optional<Secret> privateKey, Optional<Path> directory,
            Optional<URI> tsaUrl) {}

    /**
     * Says how long what is old is kept in the warehouse; empty: for ever.
     *
     * @param versions of records, since they were replaced
     * @param batches of the ledger, since they landed
     * @param streams what was said for single streams' versions, by name
     * @param files how long archived files are kept, by {@code <stream>.<field>}
     */
    public record Retention(Optional<Period> versions, Optional<Period> batches, Map<String, Period> streams,
            Map<String, Period> files) {

        public Retention {
            streams = Map.copyOf(streams);
            files = Map.copyOf(files);
        }

        /** Returns how long replaced versions of this stream are kept. */
        public Optional<Period> versionsOf(String stream) {
            return Optional.ofNullable(streams.get(stream)).or(() -> versions);
        }
    }

    /**
     * Says what becomes of personal data before it is stored.
     *
     * @param personalData where nothing else is said
     * @param streams what was said for single streams, by name
     * @param fields what was said for single fields, by {@code <stream>.<field>}
     * @param hashKey of the hashes
     */
    public record Privacy(Treatment personalData, Map<String, Treatment> streams,
            Map<String, Treatment> fields, Optional<Secret> hashKey) {

        /** Keeps everything. */
        public static final Privacy NONE = new Privacy(Treatment.KEEP, Map.of(), Map.of(), Optional.empty());

        public Privacy {
            streams = Map.copyOf(streams);
            fields = Map.copyOf(fields);
        }

        boolean hashes() {
            return personalData == Treatment.HASH || streams.containsValue(Treatment.HASH)
                    || fields.containsValue(Treatment.HASH);
        }
    }

    public record S3(Optional<URI> endpoint, String region, Optional<String> bucket, Optional<Credentials> credentials,
            boolean pathStyle, String prefix) {}

    public record Credentials(String accessKey, Secret secretKey) {}

    /**
     * @param proofs by what sub-lists need not be asked for one by one
     * @param proofTrials how often each must have agreed with what was asked for
     * @param companies what was said for single companies, by alias; see {@link #cadenceOf}
     */
    public record Sync(Duration interval, Duration sweepInterval, Duration sweepIntervalWithoutChangelog,
            int parallelCompanies, int parallelStreams, Set<String> proofs, int proofTrials,
            Map<String, Cadence> companies) {

        public Sync {
            proofs = Set.copyOf(proofs);
            companies = Map.copyOf(companies);
        }

        /** Returns how often the company of this alias is synced. */
        public Cadence cadenceOf(String alias) {
            return companies.getOrDefault(alias, new Cadence.Every(interval));
        }

        /** The shortest interval of any company. */
        public Duration shortestInterval() {
            return companies.values().stream().filter(Cadence.Every.class::isInstance)
                    .map(cadence -> ((Cadence.Every) cadence).interval())
                    .reduce(interval, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }

    /**
     * @param rereadDays in which every record is read again
     * @param cron when the companies are audited
     */
    public record Audit(int rereadDays, String cron) {}

    /** @param checkInInterval how often a node of a cluster says that it lives */
    public record Quartz(boolean cluster, Duration checkInInterval) {}

    /** @param allow a file that widens what route files may use */
    public record Routes(Path directory, Optional<Path> allow) {}

    /**
     * @param logins by password
     * @param tls empty: plain HTTP
     * @param oidc a provider to log in by; where there is none and no login either, it asks for no login
     */
    public record Console(String address, int port, List<ConsoleLogin> logins, Optional<Tls> tls,
            Optional<ConsoleOidc> oidc) {

        public Console {
            logins = List.copyOf(logins);
        }

        /** Is a console that asks for no login, and speaks plain HTTP. */
        public Console(String address, int port) {
            this(address, port, List.of(), Optional.empty(), Optional.empty());
        }
    }

    /** @param keystore a PKCS#12 file with certificate and key */
    public record Tls(Path keystore, Secret password) {}

    public record Logging(Optional<Path> file) {}

    /** @param webhook an address that is told of alarms */
    public record Alarming(Optional<Secret> webhook) {}
}

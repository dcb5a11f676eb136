package fr.pennylanesync.cli;

import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.console.Console;
import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.report.TableCounts;
import fr.pennylanesync.runtime.NotedRun;
import fr.pennylanesync.runtime.SyncRequests;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.runtime.SyncService;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.ProgressDisplay;
import fr.pennylanesync.terminal.Versions;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.verification.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Everything embedded, no account needed: a sandbox Pennylane and its data sharing, a real PostgreSQL, a real S3, a
 * sync, a verification.
 */
@Command(name = "demo",
        description = "Everything embedded, no account needed: sandbox Pennylane with its data sharing, "
                + "PostgreSQL and S3."
                + " Syncs, archives, verifies and prints where to look.")
final class DemoCommand implements Callable<Integer> {

    private static final Path DATA = Path.of("data");
    /** Holds the warehouse of the last finished demo, for `psql`. */
    private static final Path LEFT = DATA.resolve("demo");
    private static final String RUNNING = "demo-";
    /** Logs in to the console, so that everything can be asked for there. */
    private static final String LOGIN = "demo";
    private static final int PASSWORD_BYTES = 12;

    @Option(names = "--once",
            description = "Exit afterwards, and leave the warehouse in data/demo for `psql`; without it the schedules"
                    + " go on until interrupted.")
    private boolean once;

    @Option(names = "--records", defaultValue = "" + SandboxOptions.DEFAULT_RECORDS,
            description = "Ledger entry lines per company, roughly (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(names = "--companies", defaultValue = "3", description = "Number of companies (default: ${DEFAULT-VALUE}).")
    private int companies;

    @Option(names = "--rate-limit", defaultValue = "25/5s",
            description = "The sandbox's, and ours: requests per time and company, or off"
                    + " (default: ${DEFAULT-VALUE}, as Pennylane's).")
    private String rateLimit;

    @Spec
    private CommandSpec spec;

    private final String password = password();
    private boolean finished;

    @Override
    public Integer call() throws Exception {
        RateLimit limit = parsed(rateLimit);
        SandboxOptions options = options(limit);
        Path home = home();
        Voice.current().step("Starting a made-up Pennylane with its data sharing");
        try (AutoCloseable cleaning = () -> leave(home);
                Sandbox sandbox = Sandbox.start(options);
                SandboxShare share = sandbox.openShare(ShareOptions.in(home.resolve("share")))) {
            sandbox.writeTokens(home.resolve("tokens"));
            try (Host host = Host.open(settings(sandbox, share, home, limit))) {
                return run(host, sandbox);
            }
        }
    }

    private int run(Host host, Sandbox sandbox) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        SyncRuntime runtime = host.runtime();
        List<Company> active = runtime.companies().active();
        out.printf(Locale.ROOT, "Sandbox Pennylane at %s, %s.%n", sandbox.baseUri(),
                PlainWords.count(active.size(), "company", "companies"));
        long began = System.nanoTime();
        sync(host, active);
        out.printf(Locale.ROOT,
                "Histories read in %d s, from the data sharing where it has them.%n",
                secondsSince(began));
        out.flush();
        // The first sync brought the core fields of what is shared; the second completes the records.
        sync(host, active);
        boolean complete = new SyncSummary(runtime.progress(), active).print(out);
        SyncCommand.archive(runtime, active, List.of());
        StopSignal.PROCESS.refuseIfAsked();
        complete &= new FileSummary(runtime.archive()).print(out, active);
        runtime.anchor().ifPresent(code -> out.println("digest: none stored, " + code));
        new TableCounts(host.warehouse().jdbc(), host.catalog()).all()
                .forEach((table, rows) -> out.printf(Locale.ROOT, "  pennylane.%-42s %,8d rows%n", table, rows));
        complete &= verify(host, active, out);
        out.printf(Locale.ROOT, "All of it in %d s with %,d requests.%n", secondsSince(began),
                sandbox.requests().total());
        if (once) {
            finished = true;
            out.println("Look at it with SQL, until the next demo:");
            out.println("  " + Versions.program() + " psql --demo");
            out.println("With your own Pennylane account:");
            out.println("  " + Versions.program() + " tokens add ALIAS");
        } else {
            out.println("Look at it with SQL: " + host.warehouse().url());
            out.println("  " + Versions.program() + " psql --demo");
        }
        out.flush();
        if (!once) {
            goOn(host, out);
        }
        return complete ? 0 : PennylaneSync.FAILED;
    }

    private static void sync(Host host, List<Company> companies) {
        SyncMeter meter = new SyncMeter(host.runtime(), host.warehouse(), Attention.budget(host.settings()), companies,
                List.of());
        try (ProgressDisplay ignored = Voice.current().progress(meter::text)) {
            host.runtime().sync(companies, List.of(), SyncRequests.due(host.settings().sync()));
        }
        StopSignal.PROCESS.refuseIfAsked();
    }

    private static long secondsSince(long beganNanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos);
    }

    /** @return whether every hash is right */
    private static boolean verify(Host host, List<Company> companies, PrintWriter out) {
        Voice.current().step("Verifying every hash");
        VerifyReport report = NotedRun.noting(host.warehouse().jdbc(), RunKind.VERIFY, OptionalLong.empty(), "",
                () -> new VerifyReport(
                        new Verification(host.warehouse(), host.tables().states(), host.catalog()).verify(),
                        Optional.empty(), Optional.empty(),
                        new ArchiveVerification(host.warehouse().jdbc(), host.runtime().archive().bucket())
                                .verify(companies.stream().map(Company::id).toList(), List.of(), OptionalInt.empty()),
                        Optional.empty()),
                VerifyReport::result);
        out.printf(Locale.ROOT, "Verified %,d rows and %,d batches against their hashes: %s.%n",
                report.records().rows(), report.records().batches(), summary(report.records().differences(), out));
        out.printf(Locale.ROOT, "Verified %,d archived files against their hashes: %s.%n", report.objects().rehashed(),
                summary(report.objects().differences(), out));
        return report.isGood();
    }

    private static String summary(List<String> differences, PrintWriter out) {
        differences.forEach(difference -> out.println("  " + difference));
        return differences.isEmpty() ? "no difference" : PlainWords.count(differences.size(), "difference");
    }

    /** Only whoever sees the terminal knows it. */
    private static String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private void goOn(Host host, PrintWriter out) throws InterruptedException {
        StopSignal.PROCESS.serve();
        try (Console console = Console.open(host.settings().console())) {
            tellWhere(host, host.restartWithJobs(console), console, out);
            StopSignal.PROCESS.await();
        }
    }

    private void tellWhere(Host host, SyncService service, Console console, PrintWriter out) {
        out.println("Look at it with a browser: " + console.url());
        out.printf(Locale.ROOT, "  There log in as %s with the password %s%n", LOGIN, password);
        service.archive().bucket().embedded().ifPresent(server -> {
            out.printf(Locale.ROOT, "The archive is an S3 at %s, bucket %s, its keys in %s.%n", server.endpoint(),
                    EmbeddedS3.BUCKET,
                    host.settings().archive().directory().resolve("access-key"));
        });
        out.printf(Locale.ROOT, "The token files of its companies are in %s.%n",
                Path.of("").toAbsolutePath().relativize(host.settings().pennylane().tokens().directory()));
        out.println("The schedules go on; Ctrl-C ends the demo and removes its data.");
        out.flush();
    }

    private SandboxOptions options(RateLimit limit) {
        try {
            return SandboxOptions.defaults().withRecords(records).withCompanies(companies).withRateLimit(limit);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), "--" + refused.getMessage(), refused);
        }
    }

    private RateLimit parsed(String text) {
        try {
            return RateLimit.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--rate-limit: " + wrong.getMessage());
        }
    }

    private Settings settings(Sandbox sandbox, SandboxShare share, Path home, RateLimit limit) {
        Properties properties = new Properties();
        properties.setProperty("share.jdbc-url", share.jdbcUrl());
        properties.setProperty("share.username", share.login().username());
        properties.setProperty("share.password", share.login().password());
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        properties.setProperty("pennylane.tokens.directory", home.resolve("tokens").toString());
        properties.setProperty("pennylane.rate.requests", Integer.toString(limit.isOff() ? 10_000 : limit.requests()));
        properties.setProperty("pennylane.rate.window", limit.window().toMillis() + "ms");
        properties.setProperty("warehouse.embedded.directory", home.resolve("postgres").toString());
        properties.setProperty("warehouse.embedded.port", "0");
        properties.setProperty("archive.directory", home.resolve("archive").toString());
        properties.setProperty("console.port", "0");
        properties.setProperty("console.users", once ? "" : LOGIN + "=" + Logins.hash(password));
        properties.setProperty("sync.interval", "1m");
        properties.setProperty("routes.directory", BundledRoutes.directory(home).toString());
        return SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
    }

    private static Path home() throws IOException {
        OwnerOnly.directory(DATA);
        return Files.createTempDirectory(DATA, RUNNING).toAbsolutePath();
    }

    /** Returns the warehouse of the newest demo: of one that is still up, or of the last finished one. */
    static Optional<Path> warehouse() throws IOException {
        if (!Files.isDirectory(DATA)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(DATA)) {
            return homes.filter(home -> home.equals(LEFT) || home.getFileName().toString().startsWith(RUNNING))
                    .map(home -> home.resolve("postgres")).filter(Files::isDirectory)
                    .max(Comparator.comparing(directory -> directory.toFile().lastModified()));
        }
    }

    /** Keeps the warehouse of a demo that came to its end, in place of the one before; all else goes. */
    private void leave(Path home) throws IOException {
        if (finished) {
            delete(LEFT);
            OwnerOnly.directory(LEFT);
            Files.move(home.resolve("postgres"), LEFT.resolve("postgres"));
        }
        delete(home);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

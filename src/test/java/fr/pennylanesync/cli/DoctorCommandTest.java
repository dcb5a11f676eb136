package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.sandbox.AdjustableClock;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.TransactionPooler;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as it is typed, against a real sandbox and a real PostgreSQL. */
class DoctorCommandTest {

    @TempDir
    Path home;

    private final StringWriter output = new StringWriter();
    private final AdjustableClock clock = AdjustableClock.runningFrom(Instant.now());
    private final Settings.Database database = TestWarehouse.newDatabase();
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox =
                Sandbox.start(SandboxOptions.defaults().withRecords(20).withRateLimit(RateLimit.OFF).withClock(clock));
        sandbox.writeTokens(home.resolve("tokens"));
    }

    @AfterEach
    void stop() {
        sandbox.close();
        Logs.writeTo(Optional.empty());
    }

    @Test
    void aHealthyInstallationHasNoFault() throws IOException {
        String logging = "logging.file=" + home.resolve("sync.log") + "\n";
        assertThat(doctor(logging)).as("%s", output).isZero();
        assertThat(lines()).filteredOn(line -> line.startsWith("good")).extracting(line -> line.split(" +")[1])
                .containsExactly("settings", "routes", "warehouse", "archive", "share", "tokens", "tokens", "tokens",
                        "clock");
        assertThat(output.toString()).contains("migrations pending", "0 faults, 0 warnings");
        Warehouse.open(TestWarehouse.settings(database)).close();
        output.getBuffer().setLength(0);
        assertThat(doctor(logging)).as("%s", output).isZero();
        assertThat(output.toString()).contains("schema up to date");
    }

    @Test
    void everyFaultIsToldAtOnceWithItsRemedyAndNoSecret() throws IOException {
        Path routes = Files.createDirectories(home.resolve("routes/streams"));
        Files.writeString(routes.resolve("broken.yaml"), "- route: [");
        SandboxCompany revoked = sandbox.companies().get(0);
        SandboxCompany ending = sandbox.companies().get(1);
        SandboxCompany open = sandbox.companies().get(2);
        sandbox.revoke(revoked.id());
        Files.writeString(home.resolve("tokens").resolve(ending.alias() + ".token.expires"),
                LocalDate.now(ZoneOffset.UTC).plusDays(3).toString());
        Files.setPosixFilePermissions(home.resolve("tokens").resolve(open.alias() + ".token"),
                PosixFilePermissions.fromString("rw-r--r--"));
        clock.advance(Duration.ofMinutes(10));

        int exit = doctor("""
                routes.directory=%s
                warehouse.jdbc-url=jdbc:postgresql://127.0.0.1:1/nowhere?sslpassword=canary-of-key
                warehouse.username=nobody
                share.jdbc-url=jdbc:redshift://127.0.0.1:1/share?sslmode=verify-ca&sslpassword=canary-of-key
                share.username=reader
                archive.s3.endpoint=http://s3.example
                archive.s3.bucket=Not_A_Bucket
                """.formatted(home.resolve("routes")));

        assertThat(exit).as("%s", output).isEqualTo(1);
        assertThat(lines()).anyMatch(line -> line.startsWith("fault    routes") && line.contains("broken.yaml"))
                .anyMatch(line -> line.startsWith("fault    warehouse") && line.contains("DATABASE_UNREACHABLE")
                        && line.contains("jdbc:postgresql://127.0.0.1:1/nowhere "))
                .anyMatch(line -> line.startsWith("fault    archive") && line.contains("archive.s3.bucket"))
                .anyMatch(line -> line.startsWith("warning  archive") && line.contains("in the clear"))
                .anyMatch(line -> line.startsWith("fault    share") && line.contains("SHARE_UNREACHABLE"))
                .anyMatch(line -> line.startsWith("fault    tokens")
                        && line.contains(revoked.alias() + ": TOKEN_REFUSED"))
                .anyMatch(line -> line.startsWith("warning  tokens")
                        && line.contains(ending.alias() + ": TOKEN_EXPIRES_SOON"))
                .anyMatch(line -> line.startsWith("fault    tokens") && line.contains(open.alias() + ": MODE_TOO_WIDE"))
                .anyMatch(line -> line.startsWith("fault    clock") && line.contains("behind"));
        assertThat(lines()).filteredOn(line -> line.startsWith("fault") || line.startsWith("warning"))
                .allMatch(line -> line.contains("Remedy: ") || line.contains("DATABASE_UNREACHABLE"));
        assertThat(output.toString()).doesNotContain(revoked.token(), ending.token(), open.token(), "canary-of-key");
    }

    @Test
    void whatWidensTheRoutesIsShownWhateverElseIsWrong() throws IOException {
        Path allowed = Files.writeString(home.resolve("allowed.yaml"), """
                endpoints:
                  - uri: slack:#[a-z]+
                    as: [to]
                    in: [jobs/]
                    options: {webhookUrl: "=#slackAddress"}
                    why: the night job tells the channel of the accountants
                """);
        assertThat(doctor("routes.allow=" + allowed + "\n")).as("%s", output).isZero();
        assertThat(lines()).anyMatch(line -> line.startsWith("good     routes") && line.contains(allowed.toString()));
        output.getBuffer().setLength(0);
        Path routes = Files.createDirectories(home.resolve("routes/streams"));
        Files.writeString(routes.resolve("broken.yaml"), "- route: [");
        assertThat(doctor("routes.allow=" + allowed + "\nroutes.directory=" + home.resolve("routes") + "\n")).isOne();
        assertThat(lines()).anyMatch(line -> line.startsWith("good     routes") && line.contains(allowed.toString()))
                .anyMatch(line -> line.startsWith("fault    routes") && line.contains("broken.yaml"));
    }

    @Test
    void theBucketIsAskedForAndTheEmbeddedDirectoryLookedAt() throws IOException {
        try (EmbeddedS3 server = EmbeddedS3.start(home.resolve("server"), 0)) {
            String bucket = """
                    archive.s3.endpoint=http://127.0.0.1:%d
                    archive.s3.access-key=%s
                    archive.s3.secret-key=%s
                    archive.s3.path-style=true
                    archive.s3.bucket=""".formatted(server.endpoint().getPort(), server.accessKey(),
                    server.secretKey().reveal());
            assertThat(doctor(bucket + EmbeddedS3.BUCKET + "\n")).as("%s", output).isZero();
            assertThat(output.toString()).contains("the bucket answers").doesNotContain(server.secretKey().reveal());
            assertThat(doctor(bucket + "another\n")).isEqualTo(1);
            assertThat(output.toString()).contains("BUCKET_MISSING. Remedy: ");
            assertThat(doctor(bucket + EmbeddedS3.BUCKET + "\narchive.retention=30d\n")).isEqualTo(1);
            assertThat(output.toString()).contains("RETENTION_UNSUPPORTED. Remedy: ");
        }
        Files.writeString(home.resolve("file"), "");
        assertThat(doctor("archive.directory=" + home.resolve("file/archive") + "\n")).isEqualTo(1);
        assertThat(output.toString()).contains("EMBEDDED_S3_DIRECTORY_UNUSABLE");
    }

    @Test
    void whatWaitsInTheWarehouseIsAWarning() throws IOException {
        SandboxCompany one = sandbox.companies().get(0);
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            pin(warehouse, one.id(), one.alias());
            warehouse.jdbc().sql("insert into pennylane_sync.stream_state (company_id, stream, state) values (?,"
                    + " 'customers', 'HISTORY')").param(one.id()).update();
            warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, reason) values (?,"
                    + " 'customers', 'RECORD', 'FORBIDDEN')").param(one.id()).update();
        }
        assertThat(doctor("")).as("%s", output).isZero();
        assertThat(lines()).anyMatch(line -> line.startsWith("warning  state") && line.contains("QUARANTINE_OPEN")
                && line.contains("since 20") && line.contains("Remedy: see `quarantine list`"))
                .anyMatch(line -> line.startsWith("warning  state") && line.contains("NOTHING_READ"));
    }

    @Test
    void aTransactionPoolerIsAFault() throws IOException {
        try (TransactionPooler pooler =
                new TransactionPooler(URI.create(database.jdbcUrl().substring(5)).getPort(), 5)) {
            assertThat(doctor("warehouse.jdbc-url=%s%nwarehouse.username=%s%nwarehouse.password=%s%n".formatted(
                    database.jdbcUrl().replaceFirst(":\\d+/", ":" + pooler.port() + "/"), database.username(),
                    database.password().orElseThrow().reveal()))).isEqualTo(1);
        }
        assertThat(output.toString()).contains("fault    warehouse", "DATABASE_POOLED", "session mode");
    }

    @Test
    void aShareThatIsAwayIsAFault() throws IOException {
        assertThat(doctor("share.jdbc-url=jdbc:postgresql://127.0.0.1:1/share\nshare.username=reader\n")).isEqualTo(1);
        assertThat(output.toString()).contains("no connection: SHARE_UNREACHABLE");
    }

    @Test
    void aTokenOfAnotherCompanyThanTheWarehouseKnowsIsAFault() throws IOException {
        SandboxCompany one = sandbox.companies().get(0);
        try (Warehouse warehouse = Warehouse.open(TestWarehouse.settings(database))) {
            pin(warehouse, one.id() + 999, one.alias());
        }
        assertThat(doctor("")).isEqualTo(1);
        assertThat(output.toString()).contains(one.alias() + ": WRONG_COMPANY");
    }

    @Test
    void aRefusedConfigurationIsWrongUse() throws IOException {
        assertThat(doctor("pennylane.rate.window=never\nsync.intervall=5m\n")).isEqualTo(2);
        assertThat(output.toString()).contains("pennylane.rate.window", "sync.intervall");
    }

    private static void pin(Warehouse warehouse, long companyId, String alias) {
        warehouse.jdbc().sql("""
                insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                    token_fingerprint, pinned_at,
                        verified_at) values (?, ?, '', '', '{customers:all}', '', '', now(), now())""")
                .params(companyId, alias).update();
    }

    private int doctor(String more) throws IOException {
        String warehouse = more.contains("warehouse.") ? ""
                : "warehouse.jdbc-url=%s%nwarehouse.username=%s%nwarehouse.password=%s%n"
                        .formatted(database.jdbcUrl(), database.username(), database.password().orElseThrow().reveal());
        Path file = Files.writeString(home.resolve("application.properties"), """
                pennylane.base-url=%s
                pennylane.tokens.directory=%s
                %s%s""".formatted(sandbox.baseUri(), home.resolve("tokens"), warehouse, more));
        PrintWriter writer = new PrintWriter(output, true);
        return PennylaneSync.commandLine().setOut(writer).setErr(writer).execute("doctor", "--config", file.toString());
    }

    private List<String> lines() {
        return output.toString().lines().toList();
    }
}

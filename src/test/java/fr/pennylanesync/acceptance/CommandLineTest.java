package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pennylanesync.acceptance.ProcessInstallation.EndedProcess;
import fr.pennylanesync.cli.CommandRun;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.TestWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a script sees them: exit codes, messages, and no token anywhere. */
class CommandLineTest {

    private static final int SOME_RECORDS = 40;
    private static final String[] SHORT_WALK =
            {"sync", "--pass", "walk", "--stream", "journals", "--stream", "fiscal_years"};

    @TempDir
    private static Path home;
    private static Sandbox sandbox;
    private static Settings.Database database;
    private static ProcessInstallation installation;

    @TempDir
    private Path elsewhere;

    @BeforeAll
    static void syncOnce() {
        sandbox = Sandbox.start(
                SandboxOptions.defaults().withCompanies(2).withRecords(SOME_RECORDS).withRateLimit(RateLimit.OFF));
        database = TestWarehouse.readyDatabase();
        installation = ProcessInstallation.of(home, sandbox).into(database);
        assertEnds(installation.run("sync"), 0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** The help of every command is read in HelpTest, within one process. */
    @Test
    void aCommandExplainsItselfWithoutALine() {
        EndedProcess help = installation.run("tokens", "rotate", "--help");
        assertEnds(help, 0);
        assertThat(help.out()).contains("Usage: pennylane-sync tokens rotate");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void wrongUseIsRefused() {
        assertEnds(installation.run("sink"), 2, "Unmatched argument at index 0: 'sink'", "Did you mean: ");
        InProcess here = new InProcess(installation.configuration());
        assertEnds(here.run("sync", "--colour"), 2, "Unknown option: '--colour'");
        assertEnds(here.run("sync", "--pass", "fast"), 2, "--pass");
        assertEnds(here.run("sync", "--stream", "invoices"), 2, "No stream invoices");
        assertEnds(here.run("sync", "--stream", "Customer-Invoice"), 2, "Did you mean customer_invoices?");
        assertEnds(here.run("sync", "--company", "nobody"), 2, "No active company nobody");
        assertEnds(here.run("verify", "--company", "nobody"), 2, "Nothing to verify: no company nobody.");
        assertEnds(here.run("tokens"), 2, "tokens check");
        assertEnds(here.run("quarantine", "retry"), 2, "--all");
        assertEnds(here.run("quarantine", "show", "4711"), 2, "No entry 4711");
        assertEnds(here.run("demo", "--records", "5"), 2, "--records must be between 20 and 20000000, not 5");
        assertEnds(here.run("demo", "--companies", "0"), 2, "--companies must be between 1 and 500");
    }

    @Test
    void aBadConfigurationIsRefusedWithAllItsFaults() {
        EndedProcess refused = ProcessInstallation.of(elsewhere, sandbox).into(database).with("sync.interval", "1ms")
                .with("pennylane.rate.requests", "0")
                .with("pennylane.base-ulr", "https://example.org").run("sync");
        assertEnds(refused, 2, "3 fault", "sync.interval", "pennylane.rate.requests", "pennylane.base-ulr",
                "pennylane.base-url");
    }

    @Test
    void withoutATokenThereIsNothingToSync() throws IOException {
        ProcessInstallation empty = ProcessInstallation.of(elsewhere, sandbox).into(TestWarehouse.newDatabase());
        for (SandboxCompany company : sandbox.companies()) {
            Files.delete(empty.tokens().resolve(company.alias() + ".token"));
        }
        assertEnds(empty.run("sync"), 1, "No active company", "pennylane.tokens.directory");
    }

    @Test
    void readingEverythingAgainChangesNothing() {
        assertChangesNothing(installation.run("sync", "--pass", "walk"));
    }

    @Test
    void aSecondSyncChangesNothing() {
        assertChangesNothing(installation.run("sync"));
    }

    private static void assertChangesNothing(EndedProcess second) {
        assertEnds(second, 0);
        assertThat(second.out().lines().filter(line -> line.contains(" streams, "))).hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" 0 changed, 0 deleted"));
    }

    @Test
    void statusTellsPeopleWhereEveryStreamStands() {
        InProcess here = new InProcess(installation.configuration());
        EndedProcess status = here.run("status");
        assertEnds(status, 0, "companies   2: 2 ACTIVE", " LIVE", "oldest lag", "quarantine  empty", "All is well.",
                " LIVE; 3 tables only by the data sharing");
        assertThat(status.out().lines()).hasSizeLessThan(15).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        EndedProcess all = here.run("status", "--all");
        assertEnds(all, 0, "customer_invoices", "ledger_entry_lines", "LIVE",
                "  empty without the data sharing: analytical_ledger, tax_declarations,");
        assertThat(all.out().lines()).hasSizeGreaterThan(90).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(80));
        String alias = sandbox.companies().get(0).alias();
        EndedProcess one = here.run("status", "--company", alias.toUpperCase(Locale.ROOT), "--stream", "journals");
        assertEnds(one, 0, alias, "journals");
        assertThat(one.out()).doesNotContain("customer_invoices", sandbox.companies().get(1).alias());
        assertEnds(here.run("status", "--stream", "journal"), 2, "Did you mean journals?");
    }

    @Test
    void statusTellsMachinesWhereEveryStreamStands() throws IOException {
        EndedProcess status = new InProcess(installation.configuration()).run("status", "--json");
        assertEnds(status, 0);
        JsonNode companies = new ObjectMapper().readTree(status.out());
        assertThat(companies).hasSize(2);
        assertThat(companies.get(0).get("alias").asText())
                .isIn(sandbox.companies().stream().map(SandboxCompany::alias).toList());
        assertThat(companies.get(0).get("withoutShare")).extracting(JsonNode::asText)
                .containsExactly("analytical_ledger", "tax_declarations", "vat_declarations");
        assertThat(companies.findValuesAsText("state")).contains("ACTIVE", "LIVE").doesNotContain("NEW", "HISTORY",
                "CATCH_UP", "GAP");
        assertThat(companies.get(0).get("streams"))
                .allSatisfy(stream -> assertThat(stream.get("lag").asText()).startsWith("PT"));
    }

    @Test
    void verifyFindsNothingWhereNothingWasEdited() throws IOException {
        EndedProcess verified = installation.run("verify", "--json");
        assertEnds(verified, 0);
        JsonNode result = new ObjectMapper().readTree(verified.out());
        assertThat(result.get("rows").asLong()).isPositive();
        assertThat(result.get("differences")).isEmpty();
        assertEnds(new InProcess(installation.configuration()).run("verify", "--stream", "nothing"), 2,
                "Nothing to verify");
    }

    @Test
    void aMissingScopeIsNoFailure() {
        SandboxCompany company = sandbox.companies().get(0);
        sandbox.setScopes(company.id(),
                Sandbox.ALL_SCOPES.stream().filter(scope -> !scope.startsWith("journals")).toList());
        try {
            EndedProcess ended =
                    installation.run("sync", "--company", company.alias(), "--pass", "walk", "--stream", "journals",
                            "--stream", "fiscal_years");
            assertEnds(ended, 0, "journals: not permitted, the token lacks the scope journals");
            assertThat(ended.err()).contains("stream_not_permitted");
            assertThat(installation.run("sync", "--stream", "journals").err()).as("told once, by whichever process")
                    .doesNotContain("not_permitted");
            assertEnds(installation.run("tokens", "check"), 0, "missing journals");
        } finally {
            sandbox.setScopes(company.id(), Sandbox.ALL_SCOPES);
        }
    }

    @Test
    void aPausedCompanyIsLeftAlone() {
        SandboxCompany company = sandbox.companies().get(1);
        InProcess here = new InProcess(installation.configuration());
        assertEnds(here.run("companies", "pause", company.alias()), 0, " is paused", "companies resume ");
        try {
            assertEnds(here.run("companies", "pause", company.alias()), 2, "not paused already");
            String listed = here.run("companies").out();
            assertThat(listed.lines()).contains(company.id() + "  PAUSED   " + company.alias(), "       OPERATOR")
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            sandbox.requests().clear();
            assertEnds(here.run(SHORT_WALK), 0);
            assertThat(sandbox.requests().of(company.id())).as("requests for the paused company").isEmpty();
        } finally {
            assertEnds(here.run("companies", "resume", company.alias()), 0);
        }
        assertThat(here.run("companies").out()).contains("ACTIVE").doesNotContain("PAUSED");
        assertEnds(here.run("companies", "resume", "nobody"), 2, "No company nobody");
    }

    @Test
    void tokensAreCheckedAndNeverShown() throws IOException {
        EndedProcess good = installation.run("tokens", "check");
        assertEnds(good, 0, ": good");
        ProcessInstallation other = ProcessInstallation.of(elsewhere, sandbox).into(TestWarehouse.newDatabase());
        writeToken(other, "stranger.token", "tok-0123456789abcdefghijklmnopqrstuvwxyz");
        EndedProcess bad = new InProcess(other.configuration()).run("tokens", "check");
        assertEnds(bad, 1, "stranger", "TOKEN_REFUSED");
        assertThat(bad.all()).doesNotContain("0123456789abcdef");
    }

    @Test
    void aTokenIsRotatedFromStandardInputAndFromTheNextFile() throws IOException {
        ProcessInstallation rotating = ProcessInstallation.of(elsewhere, sandbox).into(TestWarehouse.newDatabase());
        SandboxCompany company = sandbox.companies().get(0);
        Path file = rotating.tokens().resolve(company.alias() + ".token");
        String first = sandbox.issueToken(company.id());
        assertEnds(rotating.runWithInput(first + "\n", "tokens", "rotate", company.alias()), 0, "in place");
        assertThat(file).content().isEqualToIgnoringWhitespace(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");

        String second = sandbox.issueToken(company.id());
        writeToken(rotating, company.alias() + ".token.next", second);
        InProcess here = new InProcess(rotating.configuration());
        assertEnds(here.run("tokens", "rotate", company.alias(), "--next"), 0, "in place");
        assertThat(file).content().isEqualToIgnoringWhitespace(second);
        assertThat(rotating.tokens().resolve(company.alias() + ".token.next")).doesNotExist();

        String ofAnother = sandbox.companies().get(1).token();
        assertEnds(here.runWithInput(ofAnother, "tokens", "rotate", company.alias()), 1, "WRONG_COMPANY",
                "The old token stays in place");
        assertEnds(here.run("tokens", "rotate", company.alias()), 2, "No token on standard input");
        assertThat(file).content().isEqualToIgnoringWhitespace(second);
    }

    @Test
    void aCompanyIsTakenInByItsTokenOnce() throws IOException {
        ProcessInstallation fresh = ProcessInstallation.of(elsewhere, sandbox).into(TestWarehouse.newDatabase());
        SandboxCompany company = sandbox.companies().get(0);
        SandboxCompany other = sandbox.companies().get(1);
        Files.delete(fresh.tokens().resolve(company.alias() + ".token"));
        InProcess here = new InProcess(fresh.configuration());

        assertEnds(here.runWithInput("not a token\n", "tokens", "add", "acme"), 1, "NOT_A_TOKEN",
                "Nothing was written");
        assertEnds(here.runWithInput("tok-strange\n", "tokens", "add", "acme"), 1, "TOKEN_REFUSED");
        assertEnds(here.run("tokens", "add", "ACME"), 2, "Did you mean acme?");
        assertEnds(here.run("tokens", "add", "acme"), 2, "No secret was given");
        assertEnds(here.run("tokens", "add", "a.b"), 1, "ALIAS_INVALID");
        assertThat(fresh.tokens().resolve("acme.token")).doesNotExist();
        assertEnds(here.runWithInput(sandbox.issueToken(company.id()) + "\n", "tokens", "add", "acme"), 0,
                "acme: company " + company.id() + " is here", "Next: sync --company acme");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.tokens().resolve("acme.token"))))
                .isEqualTo("rw-------");
        assertEnds(here.runWithInput(company.token(), "tokens", "add", "acme"), 1, "ALIAS_EXISTS");
        assertEnds(here.runWithInput(sandbox.issueToken(other.id()), "tokens", "add", "again"), 1,
                "COMPANY_HELD_BY_OTHER_ALIAS");
        assertThat(fresh.tokens().resolve("again.token")).doesNotExist();
    }

    @Test
    void sqlIsReadAsAReaderAndWritesNothing() {
        InProcess here = new InProcess(installation.configuration());
        EndedProcess rows = here.run("psql", "select 1 as one, 'a' as letter union select 1200, null order by 1");
        assertEnds(rows, 0);
        assertThat(rows.out().lines()).containsExactly(" one  letter", "----  ------", "   1  a", "1200", "(2 rows)");
        assertEnds(here.run("psql", "--csv", "select 1 as one, 'a,b' as letters"), 0, "one,letters\n1,\"a,b\"");
        assertEnds(here.run("psql", "delete from pennylane.customers"), 1, "read-only transaction",
                "Nothing can be written here");
        assertEnds(here.runWithInput("select count(*) > 0 as synced\nfrom pennylane.journals;\n", "psql"), 0, "t\n");
        assertEnds(here.run("psql", "select nonsense"), 1, "nonsense");
    }

    private static void writeToken(ProcessInstallation installation, String name, String token) throws IOException {
        Path file = Files.createFile(installation.tokens().resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, token + "\n");
    }

    /** Runs commands within this process, for all that a process of its own would not show. */
    private record InProcess(Path configuration) {

        EndedProcess run(String... command) {
            return runWithInput("", command);
        }

        EndedProcess runWithInput(String input, String... command) {
            CommandRun run = CommandRun.of(configuration, input, command);
            return new EndedProcess(run.exit(), run.out(), run.err());
        }
    }

    /** Holds for every command: the exit code, what it said, and that it said no token. */
    private static void assertEnds(EndedProcess ended, int exitCode, String... said) {
        assertThat(ended.exitCode()).as(ended.all()).isEqualTo(exitCode);
        for (String text : said) {
            assertThat(ended.all()).contains(text);
        }
        sandbox.companies().forEach(company -> assertThat(ended.all()).doesNotContain(company.token()));
    }
}

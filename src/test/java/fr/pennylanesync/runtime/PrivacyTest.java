package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.privacy.Person;
import fr.pennylanesync.privacy.PersonErasure;
import fr.pennylanesync.privacy.PrivacyReport;
import fr.pennylanesync.sandbox.Canaries;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the rules take out is nowhere, and everything that is proven stays proven. */
class PrivacyTest {

    private static final Canaries CANARIES =
            new Canaries("NAMECANARY", "LABELCANARY", "canary@canary.example", "FR7612345000010000000000097");
    private static final String KEY = "a key that nobody can guess, of 40 characters";
    private static final Set<String> READ = Set.of("customers", "suppliers", "customer_invoices", "transactions",
            "sepa_mandates", "ledger_accounts", "quotes");
    private static final Duration NEVER = Duration.ofDays(9_999);

    @TempDir
    Path directory;
    private Sandbox sandbox;
    private Warehouse warehouse;
    private TestRun run;
    private long company;
    private Path tokens;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.defaults().withCompanies(1).withRecords(30)
                .withRateLimit(RateLimit.OFF).withCanaries(CANARIES));
        warehouse = TestWarehouse.ready();
        company = sandbox.companies().get(0).id();
        tokens = Files.createTempDirectory(directory, "tokens");
        sandbox.writeTokens(tokens);
    }

    @AfterEach
    void close() {
        run.close();
        warehouse.close();
        sandbox.close();
    }

    private void restart(Map<String, String> privacy) {
        if (run != null) {
            run.close();
        }
        Map<String, String> settings = new TreeMap<>(privacy);
        settings.put("privacy.hash-key", KEY);
        settings.put("pennylane.tokens.directory", tokens.toString());
        settings.put("archive.directory", directory.resolve("archive").toString());
        settings.put("digest.directory", directory.resolve("copies").toString());
        run = new TestRun(sandbox, warehouse, SyncTest.UNLIMITED, settings);
    }

    private void sync(PassKind... pass) {
        run.syncRequest = new SyncRequest(pass.length == 0 ? Optional.empty() : Optional.of(pass[0]), true, NEVER,
                NEVER);
        run.sync(run.catalog.roots().stream().filter(stream -> READ.contains(stream.name())).toList());
    }

    private void mutate() {
        for (String kind : List.of("change_contacts", "change_contacts", "change_supplier_iban", "change_amounts")) {
            sandbox.mutate(company, new Random(5), kind);
        }
        sync();
    }

    @Test
    void aRuleThatChangesRewritesWhatStandsAndTheProofHolds() throws IOException, InterruptedException {
        restart(Map.of());
        sync();
        mutate();
        run.archive();
        run.runtime.anchor();
        quarantine();
        List<String> persons = persons();
        assertThat(found(persons)).isNotEmpty();
        assertThat(found(List.of(CANARIES.iban()))).contains("pennylane.sepa_mandates", "pennylane.suppliers",
                "pennylane_sync.record_version");
        assertProven();

        restart(Map.of("privacy.personal-data", "hash"));
        assertHidden(persons);
        assertThat(column("select count(*) from pennylane.sepa_mandates m join pennylane.customers c on c.id ="
                + " m.customer_id and c.billing_iban = m.iban where m.iban like 'hmac-sha256:%'"))
                .as("joins still work").isNotEqualTo("0");
        run.runtime.anchor();
        assertProven();
        assertThat(new ProofScript(warehouse, run.settings, directory).check(2)).contains("no differences");
        long versions = Long.parseLong(column("select count(*) from pennylane_sync.record_version"));
        sync(PassKind.SWEEP);
        assertThat(column("select count(*) from pennylane_sync.record_version"))
                .as("what is read again is what stands here").isEqualTo(Long.toString(versions));
        mutate();
        assertHidden(persons);

        restart(Map.of("privacy.personal-data", "omit"));
        assertHidden(persons);
        assertThat(found(List.of("hmac-sha256:"))).isEmpty();
        sync(PassKind.SWEEP);
        assertHidden(persons);
        run.runtime.anchor();
        assertProven();

        tamper();
    }

    /** Somebody who claims that a rule took something out is found out. */
    private void tamper() {
        warehouse.jdbc().sql("update pennylane_sync.record_version set payload = payload || '{\"x\": 1}' where stream ="
                + " 'customers'").update();
        assertThat(differences()).isNotEmpty();
        warehouse.jdbc().sql("update pennylane_sync.record_version set payload = payload - 'x' where stream ="
                + " 'customers'").update();
        assertThat(differences()).isEmpty();
        warehouse.jdbc().sql("update pennylane_sync.rewrite set batch_contents[1] = sha256('x') where stream ="
                + " 'suppliers'").update();
        assertThat(differences()).anyMatch(found -> found.contains("its rewrite"));
        warehouse.jdbc().sql("delete from pennylane_sync.rewrite where stream = 'suppliers'").update();
        assertThat(differences()).anyMatch(found -> found.contains("is gone"));
    }

    @Test
    void whoIsErasedIsNowhereAndStaysSoUntilReleased() throws IOException {
        restart(Map.of());
        sync();
        mutate();
        run.archive();
        quarantine();
        long customer =
                Long.parseLong(column("select c.id from pennylane.customers c where customer_type = 'individual'"
                        + " and exists (select from pennylane.customer_invoices i where i.customer_id = c.id)"
                        + " order by 1 limit 1"));
        List<String> needles = personal(customer);
        long quoted = Long.parseLong(column("select min(q.customer_id) from pennylane.quotes q"
                + " join pennylane.quotes_invoice_lines l on l.quote_id = q.id"));
        setLinesAside(quoted);
        assertThat(linesOfQuotes("=", quoted)).isPositive();
        assertThat(found(needles)).contains("pennylane.customers", "pennylane_sync.quarantine");
        PersonErasure erasure = new PersonErasure(warehouse, new StreamStates(warehouse.jdbc()), run.catalog);
        assertThat(erasure.erase(company, new Person("customer", customer)))
                .anyMatch(stream -> stream.stream().equals("customers") && stream.erased().rows() == 1)
                .anyMatch(stream -> stream.stream().equals("customer_invoices") && stream.kept().contains("label"));
        erasure.erase(company, new Person("customer", quoted));
        assertErased(needles);
        assertThat(linesOfQuotes("=", quoted)).as("lines name nobody; their quotes do").isZero();
        assertThat(linesOfQuotes("<>", quoted)).isPositive();
        run.runtime.anchor();
        assertProven();

        sandbox.mutate(company, new Random(7), "change_contacts");
        makeLinesDue();
        sync(PassKind.SWEEP);
        assertErased(needles);
        assertThat(linesOfQuotes("=", quoted)).as("they stay erased").isZero();
        assertProven();
        assertThat(new PrivacyReport(warehouse.jdbc(), new StreamStates(warehouse.jdbc()), run.catalog)
                .beside(company).erasedPersons()).isEqualTo(customer == quoted ? 1 : 2);
        erasure.release(company, new Person("customer", quoted));

        assertThat(erasure.release(company, new Person("customer", customer))).isEqualTo(customer != quoted);
        assertThat(erasure.release(company, new Person("customer", customer))).isFalse();
        makeLinesDue();
        sync(PassKind.SWEEP);
        assertThat(found(needles)).contains("pennylane.customers");
        assertThat(linesOfQuotes("=", quoted)).isPositive();
        assertProven();
    }

    /** Counts the texts in lines of a customer's quotes, in rows, versions and the quarantine. */
    private long linesOfQuotes(String whose, long customer) {
        return warehouse.jdbc().sql("with of as (select id from pennylane.quotes where customer_id " + whose + " ?)"
                + " select (select count(*) from pennylane.quotes_invoice_lines l join of on of.id = l.quote_id where"
                + " jsonb_exists(l.payload, 'label') or l.label is not null)"
                + " + (select count(*) from pennylane_sync.record_version v join of on of.id = v.parent_id where"
                + " v.stream = 'quotes_invoice_lines' and jsonb_exists(v.payload, 'label'))"
                + " + (select count(*) from pennylane_sync.quarantine a join of on of.id = a.parent_id where"
                + " a.stream = 'quotes_invoice_lines' and a.raw like '%label%')").param(customer).query(Long.class)
                .single();
    }

    /** A line of which something could not be taken, as it was received. */
    private void setLinesAside(long customer) {
        warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id,"
                + " reason, raw) select l.company_id, 'quotes_invoice_lines', 'RECORD', l.quote_id, l.id,"
                + " 'DUPLICATE_FIELD', l.payload::text from pennylane.quotes_invoice_lines l join pennylane.quotes q"
                + " on q.id = l.quote_id where q.customer_id = ?").param(customer).update();
    }

    private void makeLinesDue() {
        new DueList(warehouse.jdbc()).add(company, "quotes_invoice_lines", warehouse.jdbc()
                .sql("select id from pennylane.quotes").query(Long.class).list(), 1);
    }

    /** Names stay in the books, which the law has kept; nothing else of the person is anywhere. */
    private void assertErased(List<String> needles) {
        Set<String> books = Set.of("pennylane.customer_invoices", "pennylane.transactions", "pennylane.ledger_accounts",
                "pennylane_sync.record_version", "pennylane_sync.file");
        assertThat(found(needles)).isSubsetOf(books);
        assertThat(found(needles.subList(1, needles.size()))).isEmpty();
    }

    /** The person's name first, then what is in no book. */
    private List<String> personal(long customer) {
        List<String> needles = new ArrayList<>();
        warehouse.jdbc().sql("select name, phone, billing_address from pennylane.customers where id = ?")
                .param(customer)
                .query(row -> {
                    for (int i = 1; i <= 3; i++) {
                        if (row.getString(i) != null) {
                            needles.add(row.getString(i));
                        }
                    }
                });
        return needles;
    }

    private List<String> persons() {
        List<String> needles = new ArrayList<>(List.of(CANARIES.email(), CANARIES.iban()));
        warehouse.jdbc()
                .sql("select unnest(array[name, last_name, phone]) from pennylane.customers where customer_type ="
                        + " 'individual' union select unnest(array[last_name, telephone_number]) from"
                        + " pennylane.customers_contacts")
                .query(String.class).list().stream()
                .filter(value -> value != null && value.length() > 3
                        && column("select count(*) from pennylane.suppliers"
                                + " where strpos(name, '" + value.replace("'", "''") + "') > 0").equals("0"))
                .forEach(needles::add);
        return needles;
    }

    /** An item of which something could not be taken, as it was received. */
    private void quarantine() {
        warehouse.jdbc().sql("insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, reason, raw)"
                + " select company_id, 'customers', 'RECORD', id, 'DUPLICATE_FIELD', payload::text from"
                + " pennylane.customers where customer_type = 'individual'").update();
    }

    private void assertHidden(List<String> needles) {
        assertThat(found(needles)).isEmpty();
        assertThat(found(List.of(CANARIES.label()))).as("a category is nobody's").allMatch(table -> table.matches(
                "pennylane\\.(\\w+_categories|transactions|\\w+_matched_transactions)|pennylane_sync.record_version"));
        assertThat(column("select count(*) from pennylane.transactions where label like '%CANARY%'")).isEqualTo("0");
    }

    /** The tables in which any of these texts stands, in whichever column. */
    private List<String> found(List<String> needles) {
        String[] patterns = needles.stream().map(needle -> "%" + needle.replace("%", "") + "%").toArray(String[]::new);
        return warehouse.jdbc()
                .sql("select n.nspname || '.' || quote_ident(c.relname) from pg_class c join pg_namespace"
                        + " n on n.oid = c.relnamespace where n.nspname in ('pennylane', 'pennylane_sync')"
                        + " and c.relkind = 'r' order by 1")
                .query(String.class).list().stream()
                .filter(table -> warehouse.jdbc().sql("select exists (select from " + table
                        + " t where t::text like any(?::text[]))").param(patterns).query(Boolean.class).single())
                .toList();
    }

    private String column(String sql) {
        return warehouse.jdbc().sql(sql).query(String.class).single();
    }

    private List<String> differences() {
        List<StreamDefinition> read = run.catalog.all().stream()
                .filter(stream -> READ.contains(stream.parent().orElse(stream.name()))).toList();
        return new Verification(warehouse, new StreamStates(warehouse.jdbc()), run.catalog)
                .verify(List.of(company), read).differences();
    }

    private void assertProven() {
        assertThat(differences()).isEmpty();
        assertThat(new DigestVerification(run.settings, warehouse.jdbc(), Optional.empty(), List.of(), List.of())
                .all(run.runtime.archive().bucket()).differences()).isEmpty();
    }
}

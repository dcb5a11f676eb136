package fr.pennylanesync.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.ApiClient;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.api.budget.NanoClock;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.sandbox.RateLimit;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.sandbox.SandboxOptions;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.CompanyState;
import fr.pennylanesync.token.Scopes;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenErrorCode;
import fr.pennylanesync.token.TokenFingerprint;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanyDirectoryTest {

    private static final HttpSettings HTTP = new HttpSettings(20, Duration.ofSeconds(2), Duration.ofSeconds(2),
            Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(5));
    private static final BudgetSettings BUDGET = new BudgetSettings(100_000, Duration.ofSeconds(5), 1000);

    private static Warehouse warehouse;

    @TempDir
    Path files;

    private final AtomicLong nanos = new AtomicLong();
    private final NanoClock clock = nanos::get;
    private Sandbox sandbox;
    private MeClient meClient;
    private CompanyDirectory directory;
    private ApiClient client;

    @BeforeAll
    static void openWarehouse() {
        warehouse = TestWarehouse.create();
    }

    @AfterAll
    static void closeWarehouse() {
        warehouse.close();
    }

    @BeforeEach
    void start() {
        warehouse.jdbc().sql("truncate pennylane_sync.company").update();
        sandbox =
                Sandbox.start(SandboxOptions.defaults().withCompanies(3).withRecords(20).withRateLimit(RateLimit.OFF));
        ApiBase base = ApiBase.of(sandbox.baseUri());
        RateBudgets budgets = new RateBudgets(BUDGET);
        meClient = new MeClient(base, HTTP, budgets, RequestMeter.NONE);
        directory = directory();
        client = new ApiClient(base, HTTP,
                new PennylaneTransport(base, directory, budgets::of, HTTP, RequestMeter.NONE));
        sandbox.writeTokens(files);
    }

    @AfterEach
    void stop() {
        client.close();
        meClient.close();
        sandbox.close();
    }

    @Test
    void addsACompanyForEachTokenFile() {
        RefreshReport report = directory.refresh();
        assertThat(report.active()).extracting(Company::id)
                .containsExactlyInAnyOrderElementsOf(sandbox.companies().stream().map(SandboxCompany::id).toList());
        assertThat(report.refusals()).isEmpty();
        assertThat(directory.token(first().id()).reveal()).isEqualTo(first().token());
        assertThat(report.active().get(0).scopes().allows("customers")).isTrue();
        assertThat(report.toString()).doesNotContain(first().name(), first().token());
    }

    @Test
    void asksOnceForEachTokenAndAgainOnlyAfterAWhile() {
        directory.refresh();
        directory.refresh();
        assertThat(meRequests()).isEqualTo(3);
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        directory.refresh();
        assertThat(meRequests()).isEqualTo(6);
    }

    @Test
    void addsACompanyWhileRunning() throws IOException {
        directory.refresh();
        SandboxCompany added = sandbox.addCompany();
        write(added.alias() + ".token", added.token());
        assertThat(directory.refresh().active()).hasSize(4);
        assertThat(meRequests()).isEqualTo(4);
    }

    @Test
    void pausesWhoseFileIsRemovedAndReturnsWithIt() throws IOException {
        directory.refresh();
        Files.delete(files.resolve(first().alias() + ".token"));
        assertThat(directory.refresh().active()).hasSize(2);
        Company paused = directory.company(first().id()).orElseThrow();
        assertThat(paused.state()).isEqualTo(CompanyState.PAUSED);
        assertThat(paused.pause()).contains(Company.CompanyPause.TOKEN_REMOVED);
        assertNotActive(first());
        sandbox.writeTokens(files);
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void aTokenThatWasRefusedAndIsRemovedIsRefusedNoLonger() throws IOException {
        directory.refresh();
        sandbox.revoke(first().id());
        assertThatThrownBy(() -> directory.verify(first().id())).isInstanceOf(SyncException.class);
        assertThat(directory.company(first().id()).orElseThrow().state()).isEqualTo(CompanyState.REFUSED);
        Path file = files.resolve(first().alias() + ".token");
        Files.delete(file);
        directory.refresh();
        assertThat(directory.company(first().id()).orElseThrow().state()).isEqualTo(CompanyState.PAUSED);
        assertThat(directory.company(first().id()).orElseThrow().refusal()).isEmpty();
        write(first().alias() + ".token", "unknown-token");
        directory.refresh();
        assertThat(directory.company(first().id()).orElseThrow().state()).isEqualTo(CompanyState.REFUSED);
    }

    @Test
    void theNextTokenIsFoundWhereMeRefusesTheOldOne() throws IOException {
        directory.refresh();
        String next = sandbox.rotateToken(first().id());
        write(first().alias() + ".token.next", next);
        directory.verify(first().id());
        assertThat(directory.token(first().id()).reveal()).isEqualTo(next);
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void aNextTokenThatComesAfterTheRefusalIsTriedAtOnce() throws IOException {
        directory.refresh();
        String next = sandbox.rotateToken(first().id());
        assertThatThrownBy(() -> directory.verify(first().id())).isInstanceOf(SyncException.class);
        write(first().alias() + ".token.next", next);
        assertThat(directory.refresh().active()).hasSize(3);
        assertThat(directory.token(first().id()).reveal()).isEqualTo(next);
    }

    /** A command of another user finds no file, or none that it may read: what this process knows stands. */
    @Test
    void whatAnotherProcessConcludesEndsAtTheNextLook(@TempDir Path empty) throws IOException {
        directory.refresh();
        directory(empty).refresh();
        assertThat(directory.refresh().active()).hasSize(3);

        Path file = files.resolve(first().alias() + ".token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        directory().refresh();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void whatAnotherProcessRepeatsIsNotAskedAboutAllTheTime(@TempDir Path empty) {
        directory.refresh();
        CompanyDirectory other = directory(empty);
        other.refresh();
        directory.refresh();
        long asked = meRequests();
        other.refresh();
        directory.refresh();
        assertThat(meRequests()).isEqualTo(asked);
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void concludesNothingFromADirectoryThatIsAway() throws IOException {
        directory.refresh();
        Path moved = files.resolveSibling(files.getFileName() + "-moved");
        Files.move(files, moved);
        RefreshReport report = directory.refresh();
        assertThat(report.directoryFault()).contains(TokenErrorCode.DIRECTORY_MISSING);
        assertThat(report.active()).hasSize(3);
        Files.move(moved, files);
    }

    @Test
    void refusesSwappedFilesWhileTheOthersGoOn() throws IOException {
        directory.refresh();
        write(first().alias() + ".token", second().token());
        write(second().alias() + ".token", first().token());
        RefreshReport report = directory.refresh();
        assertThat(report.active()).extracting(Company::id).containsExactly(third().id());
        assertThat(report.refusals()).extracting(Refusal::code).containsOnly("WRONG_COMPANY").hasSize(2);
        assertNotActive(first());
        assertNotActive(second());
        assertThat(directory.company(first().id()).orElseThrow().refusal()).contains("WRONG_COMPANY");
    }

    @Test
    void keepsThePinOverARestart() throws IOException {
        directory.refresh();
        write(first().alias() + ".token", second().token());
        Files.delete(files.resolve(second().alias() + ".token"));
        CompanyDirectory restarted = directory();
        assertThat(restarted.refresh().refusals()).extracting(Refusal::code).containsExactly("WRONG_COMPANY");
        assertThat(restarted.active()).extracting(Company::id).containsExactly(third().id());
    }

    @Test
    void returnsAsSoonAsTheRightTokenIsBack() throws IOException {
        directory.refresh();
        write(first().alias() + ".token", second().token());
        directory.refresh();
        sandbox.writeTokens(files);
        assertThat(directory.refresh().active()).hasSize(3);
        assertThat(directory.refusals()).isEmpty();
        assertThat(directory.company(first().id()).orElseThrow().refusal()).isEmpty();
    }

    @Test
    void refusesASecondAliasForTheSameCompany() throws IOException {
        directory.refresh();
        write("aaa.token", first().token());
        RefreshReport report = directory.refresh();
        assertThat(report.refusals()).containsExactly(new Refusal("aaa", OptionalLong.empty(),
                "COMPANY_HELD_BY_OTHER_ALIAS", CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS.explanation()));
        assertThat(report.active()).hasSize(3);
        assertThat(directory.token(first().id()).reveal()).isEqualTo(first().token());
    }

    @Test
    void refusesAFaultyFileWhileTheOthersGoOn() throws IOException {
        directory.refresh();
        Files.setPosixFilePermissions(files.resolve(first().alias() + ".token"),
                PosixFilePermissions.fromString("rw-r--r--"));
        RefreshReport report = directory.refresh();
        assertThat(report.refusals()).extracting(Refusal::code).containsExactly("MODE_TOO_WIDE");
        assertThat(report.active()).hasSize(2);
        assertNotActive(first());
    }

    @Test
    void triesARefusedTokenAgainOnlyAfterAWhile() {
        sandbox.revoke(first().id());
        assertThat(directory.refresh().refusals()).extracting(Refusal::code).containsExactly("TOKEN_REFUSED");
        directory.refresh();
        assertThat(meRequests()).isEqualTo(3);
        nanos.addAndGet(Duration.ofMinutes(16).toNanos());
        directory.refresh();
        assertThat(meRequests()).isEqualTo(4);
    }

    @Test
    void concludesNothingWhileTheServerIsAway() {
        directory.refresh();
        sandbox.close();
        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        RefreshReport report = directory.refresh();
        assertThat(report.deferred()).hasSize(3);
        assertThat(report.active()).hasSize(3);
        assertThat(report.refusals()).isEmpty();
    }

    @Test
    void pausesAndResumesOnAnOperatorsWord() {
        directory.refresh();
        assertThat(directory.pause(first().alias())).isTrue();
        assertThat(directory.pause(first().alias())).isFalse();
        assertNotActive(first());
        directory.refresh();
        assertThat(directory.company(first().id()).orElseThrow().pause()).contains(Company.CompanyPause.OPERATOR);
        assertThat(directory.resume(first().alias())).isTrue();
        assertThat(directory.resume("unknown")).isFalse();
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void seesChangedScopesAtTheNextVerification() {
        directory.refresh();
        sandbox.setScopes(first().id(), List.of("customers:readonly", "suppliers:read", "exports:fec", "hats:all"));
        directory.verify(first().id());
        Scopes scopes = directory.company(first().id()).orElseThrow().scopes();
        assertThat(scopes.missing(List.of("customers", "suppliers", "exports:fec", "transactions")))
                .containsExactly("transactions");
    }

    @Test
    void stopsACompanyWhoseTokenOpensAnother() {
        directory.refresh();
        sandbox.swapTokens(first().id(), second().id());
        SyncException failure = catchThrowableOfType(SyncException.class, () -> directory.verify(first().id()));
        assertThat(failure.code()).isEqualTo(CompanyErrorCode.WRONG_COMPANY);
        assertNotActive(first());
        directory.verify(third().id());
    }

    @Test
    void findsANewerTokenAfterA401() throws IOException {
        directory.refresh();
        write(first().alias() + ".token", sandbox.rotateToken(first().id()));
        assertThat(read(first())).isNotEmpty();
        assertThat(directory.token(first().id()).reveal()).isEqualTo(first().token());
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void findsTheNextTokenAfterA401AndAfterARestart() throws IOException {
        directory.refresh();
        write(first().alias() + ".token.next", sandbox.rotateToken(first().id()));
        assertThat(read(first())).isNotEmpty();
        assertThat(directory().refresh().active()).hasSize(3);
    }

    @Test
    void neverTurnsToAnotherCompanysTokenAfterA401() throws IOException {
        directory.refresh();
        String revoked = first().token();
        sandbox.revoke(first().id());
        write(first().alias() + ".token", second().token());
        SyncException failure = catchThrowableOfType(SyncException.class, () -> read(first()));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.TOKEN_REFUSED);
        assertThat(revoked).isNotEmpty();
        assertNotActive(first());
        assertThat(read(third())).isNotEmpty();
        assertThat(sandbox.requests().all()).filteredOn(request -> request.path().endsWith("/customers"))
                .allMatch(request -> request.tokenCompanyId().isEmpty()
                        || request.tokenCompanyId().getAsLong() == third().id());
    }

    @Test
    void aLinkToAnotherCompanysTokenIsRefused() throws IOException {
        directory.refresh();
        Path file = files.resolve(first().alias() + ".token");
        Files.delete(file);
        Files.createSymbolicLink(file, files.resolve(second().alias() + ".token"));
        assertThat(directory.refresh().refusals()).extracting(Refusal::code).containsExactly("WRONG_COMPANY");
        assertNotActive(first());
        assertThat(read(second())).isNotEmpty();
        assertThat(directory.token(second().id()).reveal()).isEqualTo(second().token());
    }

    /** The files of two companies take each other's place while both are read. */
    @Test
    void noRecordIsReadWithATokenThatWasExchanged() throws Exception {
        directory.refresh();
        List<?> records = read(first());
        List<?> others = read(second());
        AtomicBoolean going = new AtomicBoolean(true);
        Thread swapping = new Thread(() -> {
            for (int time = 0; going.get(); time++) {
                exchange(time % 2 == 0);
            }
        });
        swapping.start();
        int served = 0;
        try {
            for (int time = 0; time < 40; time++) {
                nanos.addAndGet(Duration.ofMinutes(61).toNanos());
                directory.refresh();
                served += servedOnly(first(), records) + servedOnly(second(), others);
            }
        } finally {
            going.set(false);
            swapping.join();
        }
        sandbox.writeTokens(files);
        directory.refresh();
        assertThat(served + servedOnly(first(), records)).as("something was read").isPositive();
    }

    private void exchange(boolean swapped) {
        try {
            write(first().alias() + ".token", swapped ? second().token() : first().token());
            write(second().alias() + ".token", swapped ? first().token() : second().token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int servedOnly(SandboxCompany company, List<?> records) {
        try {
            assertThat(read(company)).isEqualTo(records);
            return 1;
        } catch (SyncException refused) {
            assertThat(refused.code()).isEqualTo(CompanyErrorCode.COMPANY_NOT_ACTIVE);
            return 0;
        }
    }

    /** In a cluster each node has its files: what one of them is given changes nothing of what the other sends. */
    @Test
    void aNodeWithAnotherCompanysTokenSendsNothingWithIt(@TempDir Path ofOtherNode) throws IOException {
        directory.refresh();
        sandbox.writeTokens(ofOtherNode);
        Path planted = ofOtherNode.resolve(first().alias() + ".token");
        Files.writeString(planted, second().token());
        CompanyDirectory other = directory(ofOtherNode);
        assertThat(other.refresh().refusals()).extracting(Refusal::code).contains("WRONG_COMPANY");
        assertThat(catchThrowableOfType(SyncException.class, () -> other.token(first().id())).code())
                .isEqualTo(CompanyErrorCode.COMPANY_NOT_ACTIVE);
        assertThat(other.token(second().id()).reveal()).isEqualTo(second().token());
        assertThat(sandbox.requests().all()).allMatch(request -> request.path().endsWith("/me"));
    }

    @Test
    void reportsARevokedTokenOnceAndStopsTheCompany() {
        directory.refresh();
        sandbox.revoke(first().id());
        assertThat(catchThrowableOfType(SyncException.class, () -> read(first())).code())
                .isEqualTo(ApiErrorCode.TOKEN_REFUSED);
        int requests = sandbox.requests().all().size();
        assertNotActive(first());
        assertThatThrownBy(() -> read(first())).isInstanceOf(SyncException.class);
        directory.refresh();
        assertThat(sandbox.requests().all()).hasSize(requests);
        assertThat(directory.refusals()).extracting(Refusal::code).containsExactly("TOKEN_REFUSED");
        assertThat(read(second())).isNotEmpty();
    }

    @Test
    void rotatesUnderLoadWithoutAFailedRequest() {
        directory.refresh();
        SandboxCompany company = first();
        AtomicBoolean going = new AtomicBoolean(true);
        AtomicLong served = new AtomicLong();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> readers = Stream.generate(() -> new Thread(() -> {
            while (going.get()) {
                try {
                    read(company);
                    served.incrementAndGet();
                } catch (RuntimeException failure) {
                    failures.add(failure);
                    return;
                }
            }
        })).limit(4).toList();
        readers.forEach(Thread::start);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> served.get() > 20);
        Secret next = Secret.of(sandbox.issueToken(company.id()));
        directory.rotate(company.alias(), next, Set.of("customers"));
        long atRotation = served.get();
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> served.get() > atRotation + 20 || !failures.isEmpty());
        going.set(false);
        assertThat(failures).isEmpty();
        assertThat(directory.token(company.id())).isEqualTo(next);
        assertThat(directory.refresh().active()).hasSize(3);
    }

    @Test
    void fallsBackToTheOldTokenUntilTheNewOneSucceeded() {
        directory.refresh();
        Secret old = directory.token(first().id());
        directory.rotate(first().alias(), Secret.of(sandbox.issueToken(first().id())), Set.of());
        Secret fresh = directory.token(first().id());
        assertThat(directory.afterRefusal(first().id(), fresh)).contains(old);
        assertThat(directory.token(first().id())).isEqualTo(old);
    }

    @Test
    void forgetsTheOldTokenAfterTheFirstSuccess() {
        directory.refresh();
        directory.rotate(first().alias(), Secret.of(sandbox.issueToken(first().id())), Set.of());
        read(first());
        assertThat(directory.afterRefusal(first().id(), directory.token(first().id()))).isEmpty();
    }

    @Test
    void rotatesToTheNextFileAndKeepsItOverARestart() throws IOException {
        directory.refresh();
        String next = sandbox.issueToken(first().id());
        write(first().alias() + ".token.next", next);
        write(first().alias() + ".token.expires", "2027-03-31");
        directory.rotateToNext(first().alias(), Set.of("customers"));
        assertThat(files.resolve(first().alias() + ".token.expires")).as("it spoke of the old token").doesNotExist();
        assertThat(Files.readString(files.resolve(first().alias() + ".token"))).isEqualTo(next + "\n");
        assertThat(files.resolve(first().alias() + ".token.next")).doesNotExist();
        CompanyDirectory restarted = directory();
        restarted.refresh();
        assertThat(restarted.token(first().id()).reveal()).isEqualTo(next);
        assertThatThrownBy(() -> restarted.rotateToNext(first().alias(), Set.of()))
                .hasMessageContaining("NEXT_MISSING");
    }

    @Test
    void rotatesOnlyToATokenThatIsAsGood() throws IOException {
        directory.refresh();
        String before = Files.readString(files.resolve(first().alias() + ".token"));
        assertThatThrownBy(() -> directory.rotate(first().alias(), Secret.of("Bearer x\r\nX: y"), Set.of()))
                .hasMessageStartingWith("NOT_A_TOKEN");
        assertRotationFails(Secret.of("unknown-token"), ApiErrorCode.TOKEN_REFUSED);
        assertRotationFails(Secret.of(second().token()), CompanyErrorCode.WRONG_COMPANY);
        sandbox.setScopes(first().id(), List.of("suppliers:readonly"));
        assertRotationFails(Secret.of(sandbox.issueToken(first().id())), CompanyErrorCode.SCOPES_REDUCED);
        assertThat(Files.readString(files.resolve(first().alias() + ".token"))).isEqualTo(before);
        assertThat(catchThrowableOfType(SyncException.class,
                () -> directory.rotate("unknown", Secret.of("x"), Set.of())).code())
                .isEqualTo(CompanyErrorCode.COMPANY_NOT_ACTIVE);
    }

    @Test
    void keepsNoTokenInTheWarehouse() {
        directory.refresh();
        String rows = warehouse.jdbc().sql("select string_agg(c::text, '\n') from pennylane_sync.company c")
                .query(String.class).single();
        assertThat(rows).contains(first().alias()).doesNotContain(first().token(), second().token());
        byte[] digest = warehouse.jdbc().sql("select token_fingerprint from pennylane_sync.company where id = ?")
                .param(first().id()).query(byte[].class).single();
        byte[] salt = warehouse.jdbc().sql("select token_salt from pennylane_sync.company where id = ?")
                .param(first().id()).query(byte[].class).single();
        assertThat(new TokenFingerprint(salt, digest).matches(Secret.of(first().token()))).isTrue();
    }

    private CompanyDirectory directory() {
        return directory(files);
    }

    private CompanyDirectory directory(Path from) {
        TokenDirectory tokens = new TokenDirectory(from, text -> text, (file, text) -> {
            throw new AssertionError("no OAuth file here");
        });
        return new CompanyDirectory(tokens, meClient, new CompanyStore(warehouse.jdbc()), DirectorySettings.DEFAULT,
                clock);
    }

    private List<?> read(SandboxCompany company) {
        return client.page(company.id(), Priority.WALK, PageRequest.of("/customers", 100)).items();
    }

    private long meRequests() {
        return sandbox.requests().all().stream().filter(request -> request.path().endsWith("/me")).count();
    }

    private void assertNotActive(SandboxCompany company) {
        SyncException failure = catchThrowableOfType(SyncException.class, () -> directory.token(company.id()));
        assertThat(failure.code()).isEqualTo(CompanyErrorCode.COMPANY_NOT_ACTIVE);
    }

    private void assertRotationFails(Secret token, ErrorCode code) {
        SyncException failure = catchThrowableOfType(
                SyncException.class, () -> directory.rotate(first().alias(), token, Set.of("customers")));
        assertThat(failure.code()).isEqualTo(code);
    }

    private SandboxCompany first() {
        return sandbox.companies().get(0);
    }

    private SandboxCompany second() {
        return sandbox.companies().get(1);
    }

    private SandboxCompany third() {
        return sandbox.companies().get(2);
    }

    private void write(String name, String content) throws IOException {
        Path file = Files.writeString(files.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}

package fr.pennylanesync.sandbox;

import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.export.FecForm;
import fr.pennylanesync.sandbox.fault.Faults;
import fr.pennylanesync.sandbox.http.OAuthDesk;
import fr.pennylanesync.sandbox.http.OldRecords;
import fr.pennylanesync.sandbox.http.SandboxServer;
import fr.pennylanesync.sandbox.http.TokenDesk;
import fr.pennylanesync.sandbox.http.World;
import fr.pennylanesync.sandbox.mutation.Mutator;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A Pennylane to run against when there is no account: a server on 127.0.0.1 that keeps the documented contract of the
 * Company API v2, its traps included, over made-up companies.
 */
public final class Sandbox implements AutoCloseable {

    /** Every scope that the read surface asks for, and one name that nobody knows, as seen on real tenants. */
    public static final List<String> ALL_SCOPES = List.of("bank_accounts:readonly", "bank_establishments:readonly",
            "billing_subscriptions:readonly", "categories:readonly", "commercial_documents:readonly",
            "customer_invoices:readonly", "customer_invoice_templates:readonly", "customer_mandates:readonly",
            "customers:readonly", "exports:agl", "exports:fec", "exports:gl", "fiscal_years:readonly",
            "journals:readonly", "ledger_accounts:readonly", "ledger_entries:readonly", "pa_registrations:readonly",
            "products:readonly", "purchase_requests:readonly", "quotes:readonly", "supplier_invoices:readonly",
            "suppliers:readonly", "transactions:all", "trial_balance:readonly", "ledger_entries:read");

    private final World world;
    private final TokenDesk tokens;
    private final OAuthDesk oauth;
    private final Faults faults;
    private final RequestLog log = new RequestLog();
    private final MutationLog mutations = new MutationLog();
    private final SandboxServer server;
    private final Optional<BackgroundMutations> background;
    private final SandboxOptions options;
    private final List<SandboxShare> shares = new ArrayList<>();

    private Sandbox(SandboxOptions options) {
        this.options = options;
        this.world = new World(options);
        this.tokens = new TokenDesk(options.seed());
        this.oauth = new OAuthDesk(tokens, options.clock());
        this.faults = new Faults(options.faults());
        world.companies().forEach(books -> tokens.issue(books.companyId(), ALL_SCOPES));
        this.server = new SandboxServer(options, world, tokens, oauth, faults, log);
        this.server.consent(companies().stream().map(SandboxCompany::id).findFirst());
        Random random = new Random(options.seed());
        this.background = options.mutationsPerMinute() == 0 ? Optional.empty()
                : Optional.of(BackgroundMutations.start(options.mutationsPerMinute(), () -> mutate(random, 1)));
    }

    /** Writes the companies and starts serving them. */
    public static Sandbox start(SandboxOptions options) {
        return new Sandbox(options);
    }

    /** Lets the {@code Date} headers of the answers to come tell another time than the API's own. */
    public void tellDates(AnswerDates dates) {
        server.tellDates(dates);
    }

    /** Lets a list show records as they were before, a number of times, as a replica that lags behind would. */
    public void serveOld(OldRecords records) {
        server.serveOld(records);
    }

    /** The base of all paths of the API. */
    public URI baseUri() {
        return URI.create(server.baseUri());
    }

    public List<SandboxCompany> companies() {
        return world.companies().stream().map(this::describe).toList();
    }

    /** Writes {@code <alias>.token} per company, mode 0600, into a directory of mode 0700. */
    public void writeTokens(Path directory) {
        TokenFiles.write(directory, companies());
    }

    public Truth truth() {
        return new Truth(companyId -> server.view(world.books(companyId)));
    }

    /** Opens the data sharing of the companies; it closes with the sandbox at the latest. */
    public SandboxShare openShare(ShareOptions shareOptions) {
        SandboxShare share = SandboxShare.start(world::companies, options.clock(), faults, shareOptions);
        shares.add(share);
        return share;
    }

    /** From now on files of accounting entries are written so, whoever asks for them. */
    public void writeFecs(FecForm form) {
        server.writeFecs(form);
    }

    /** The bytes behind a file's URL, whatever its age and whatever is planned to go wrong. */
    public byte[] document(String url) {
        return server.document(url);
    }

    /** From now on the document of a record is a PDF of about this many bytes. */
    public void enlarge(FileKind kind, long companyId, long recordId, long bytes) {
        server.enlarge(kind, companyId, recordId, bytes);
    }

    /** From now on the document of a record has the bytes of this file. */
    public void replace(FileKind kind, long companyId, long recordId, Path file) {
        server.replace(kind, companyId, recordId, file);
    }

    public RequestLog requests() {
        return log;
    }

    public Faults faults() {
        return faults;
    }

    /** From now on the administrator of this company lets applications in; without one, they are denied. */
    public void consent(Optional<Long> companyId) {
        server.consent(companyId);
    }

    /** Registers a partner's application. */
    public void registerApplication(String clientId, String clientSecret) {
        oauth.register(clientId, clientSecret);
    }

    /** Makes all tokens of a company invalid, those got by OAuth included. */
    public void revoke(long companyId) {
        tokens.revoke(companyId);
        oauth.revoke(companyId);
    }

    /** Makes one token invalid; the others of its company stay good. */
    public void revoke(String token) {
        if (!tokens.revoke(token)) {
            throw new IllegalArgumentException("no such token");
        }
    }

    public void setScopes(long companyId, List<String> scopes) {
        tokens.setScopes(companyId, scopes);
    }

    /** From now on the tokens of one company open the other. */
    public void swapTokens(long one, long other) {
        tokens.swap(one, other);
    }

    /** Gives a company one more token, its others stay good, as Pennylane allows. */
    public String issueToken(long companyId) {
        return tokens.issue(companyId, scopes(companyId)).token();
    }

    /** Registers a partner's application and lets it into a company. */
    public OAuthCredentials issueOAuth(long companyId) {
        String clientId = tokens.draw();
        String clientSecret = tokens.draw();
        oauth.register(clientId, clientSecret);
        OAuthDesk.Refresh refresh = oauth.authorize(clientId, companyId, scopes(companyId));
        return new OAuthCredentials(URI.create(server.host() + SandboxServer.OAUTH_TOKEN), clientId, clientSecret,
                refresh.token(), refresh.access().token());
    }

    /** Replaces all tokens of a company, those got by OAuth included, by a new one. */
    public String rotateToken(long companyId) {
        List<String> scopes = scopes(companyId);
        revoke(companyId);
        return tokens.issue(companyId, scopes).token();
    }

    /** Adds a company while running. */
    public SandboxCompany addCompany() {
        Books books = world.add();
        tokens.issue(books.companyId(), ALL_SCOPES);
        return describe(books);
    }

    /**
     * Changes the books of companies drawn at random, so many times, and says how. The same draws make the same
     * changes.
     */
    public List<Mutation> mutate(Random random, int changes) {
        List<Mutator> mutators = world.mutators();
        return mutate(random, changes, () -> mutators.get(random.nextInt(mutators.size())));
    }

    /** Changes the books of one company. */
    public List<Mutation> mutate(long companyId, Random random, int changes) {
        Mutator mutator = mutator(companyId);
        return mutate(random, changes, () -> mutator);
    }

    /**
     * Does one thing of the given kind, such as {@code remove_entry_line}, to the books of one company; nothing when no
     * record allows it.
     *
     * @param kind one of {@link #mutationKinds()}
     */
    public Optional<Mutation> mutate(long companyId, Random random, String kind) {
        Optional<Mutation> mutation = mutator(companyId).mutate(random, kind);
        mutation.ifPresent(mutations::add);
        return mutation;
    }

    public static List<String> mutationKinds() {
        return Mutator.kinds();
    }

    /** The mutations made so far, in the background too, oldest first. */
    public List<Mutation> mutations() {
        return mutations.all();
    }

    @Override
    public void close() {
        background.ifPresent(BackgroundMutations::close);
        shares.forEach(SandboxShare::close);
        server.close();
    }

    private Mutator mutator(long companyId) {
        return world.mutators().stream().filter(known -> known.books().companyId() == companyId).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no company " + companyId));
    }

    private List<Mutation> mutate(Random random, int changes, Supplier<Mutator> mutator) {
        return IntStream.range(0, changes).mapToObj(change -> {
            Mutation mutation = mutator.get().mutate(random);
            mutations.add(mutation);
            return mutation;
        }).toList();
    }

    private List<String> scopes(long companyId) {
        return tokens.of(companyId).stream().findFirst().map(TokenDesk.Grant::scopes).orElse(ALL_SCOPES);
    }

    private SandboxCompany describe(Books books) {
        var profile = books.profile();
        Optional<TokenDesk.Grant> grant = tokens.of(profile.id()).stream().reduce((older, newer) -> newer);
        return new SandboxCompany(profile.id(), profile.name(), profile.alias(), profile.numbers().siren(),
                grant.map(TokenDesk.Grant::token).orElse(""), grant.map(TokenDesk.Grant::scopes).orElse(List.of()));
    }
}

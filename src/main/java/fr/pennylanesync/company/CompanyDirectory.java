package fr.pennylanesync.company;

import fr.pennylanesync.api.Credentials;
import fr.pennylanesync.api.budget.NanoClock;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Alias;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.NewToken;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The companies of this installation and the tokens to read them with. {@link #refresh} is to be called at start and
 * then every few seconds or minutes: it makes a dropped file a company and a removed one a pause, without a restart.
 *
 * <p>A company's token is handed out only after {@code /me} has named that company for it.
 */
public final class CompanyDirectory implements Credentials {

    private static final EventLog LOG = EventLog.of(CompanyDirectory.class);

    private final CompanyStore store;
    private final VerifiedTokens verifiedTokens;
    private final Refusals refusals;
    private final CompanyRefresh refresh;
    private final TokenSearch search;
    private final TokenRotation rotation;
    private final TokenAddition addition;
    private final ReentrantLock refreshing = new ReentrantLock();
    private final AtomicReference<Map<Long, Company>> companies = new AtomicReference<>(Map.of());

    public CompanyDirectory(
            TokenDirectory tokens, MeClient meClient, CompanyStore store, DirectorySettings settings, NanoClock clock) {
        this(tokens, meClient, store, settings, clock, IdentificationLock.ALONE);
    }

    /** @param identificationLock what other processes share the companies with this one */
    public CompanyDirectory(TokenDirectory tokens, MeClient meClient, CompanyStore store, DirectorySettings settings,
            NanoClock clock,
            IdentificationLock identificationLock) {
        this.store = store;
        this.verifiedTokens = new VerifiedTokens(clock);
        this.refusals = new Refusals(clock);
        this.search = new TokenSearch(tokens, meClient, verifiedTokens);
        this.refresh = new CompanyRefresh(tokens, new TokenIdentifier(meClient), store, verifiedTokens, refusals,
                settings, identificationLock, search);
        this.rotation = new TokenRotation(tokens, meClient, store, verifiedTokens);
        this.addition = new TokenAddition(tokens, meClient, store, verifiedTokens);
    }

    /** Reads the token directory and asks {@code /me} about what is new in it. One at a time. */
    public RefreshReport refresh() {
        refreshing.lock();
        try {
            CompanyRefresh.RefreshResult result = refresh.run();
            reload();
            return new RefreshReport(active(), refusals.all(), result.deferred(), result.directoryFault());
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * Asks {@code /me} now whether the company's token still is the company's: to be called before each sync.
     *
     * @throws SyncException when it is not, or when nobody can say; the first also refuses the company
     */
    public void verify(long companyId) {
        Company company = company(companyId).filter(Company::active).orElseThrow(CompanyDirectory::notActive);
        VerifiedToken verifiedToken = verifiedTokens.of(companyId).orElseThrow(CompanyDirectory::notActive);
        Optional<ErrorCode> problem = refresh.verify(company, verifiedToken);
        reload(companyId);
        if (problem.isPresent()) {
            throw FailureFacts.at("/me").failure(problem.get());
        }
    }

    /** Every company that was ever identified, by alias, as of the last refresh or change. */
    public List<Company> companies() {
        return companies.get().values().stream().toList();
    }

    /** The companies that may be read now. */
    public List<Company> active() {
        return companies().stream().filter(this::usable).toList();
    }

    public Optional<Company> company(long companyId) {
        return Optional.ofNullable(companies.get().get(companyId));
    }

    /** Tells whether the company's token permits what a scope covers. */
    public boolean allows(long companyId, String scope) {
        return company(companyId).filter(company -> company.scopes().allows(scope)).isPresent();
    }

    /** The token files that are not used, each with its remedy, as of the last refresh or 401. */
    public List<Refusal> refusals() {
        return refusals.all();
    }

    /** @return false when there is no such company or it is paused already */
    public boolean pause(String alias) {
        boolean paused = store.pauseByOperator(Alias.require(alias));
        reload();
        return paused;
    }

    /**
     * @return false when there is no such company or no operator paused it; its token is asked about by the next
     * refresh
     */
    public boolean resume(String alias) {
        boolean resumed = store.resume(Alias.require(alias));
        reload();
        return resumed;
    }

    /**
     * Checks that a company can be taken in under an alias.
     *
     * @throws SyncException if it is no alias, or there is one
     */
    public void requireFree(String alias) {
        addition.requireFree(alias);
    }

    /**
     * Takes in a company that is not here yet, with its first token.
     *
     * @throws SyncException with the reason; nothing was written then
     */
    public Company add(String alias, NewToken token) {
        refreshing.lock();
        try {
            long companyId = addition.add(alias, token);
            reload();
            return companies.get().get(companyId);
        } finally {
            refreshing.unlock();
        }
    }

    /**
     * Puts a new token of the same company in place: verified first, then used for new requests while those under way
     * finish with the old one.
     *
     * @param domainsInUse scope domains that the enabled streams need
     * @throws SyncException with the reason; the old token then stays in place, untouched
     */
    public Company rotate(String alias, Secret newToken, Collection<String> domainsInUse) {
        refreshing.lock();
        try {
            long companyId = rotation.rotate(Alias.require(alias), newToken, domainsInUse);
            refusals.clear(alias);
            reload();
            return companies.get().get(companyId);
        } finally {
            refreshing.unlock();
        }
    }

    /** Does as {@link #rotate} does, with the token of {@code <alias>.token.next}, which is removed afterwards. */
    public Company rotateToNext(String alias, Collection<String> domainsInUse) {
        return rotate(alias, rotation.next(Alias.require(alias)), domainsInUse);
    }

    @Override
    public Secret token(long companyId) {
        return company(companyId)
                .filter(Company::active)
                .flatMap(active -> verifiedTokens.of(companyId))
                .map(VerifiedToken::current)
                .orElseThrow(CompanyDirectory::notActive);
    }

    private static SyncException notActive() {
        return FailureFacts.at("company").failure(CompanyErrorCode.COMPANY_NOT_ACTIVE);
    }

    @Override
    public Optional<Secret> afterRefusal(long companyId, Secret refused) {
        return search.other(companyId, refused);
    }

    @Override
    public void exhausted(long companyId, Secret refused) {
        Optional<VerifiedToken> verifiedToken = verifiedTokens.of(companyId);
        if (verifiedToken.isEmpty() || !verifiedTokens.dropIfCurrent(companyId, refused)) {
            return;
        }
        ErrorCode code = ApiErrorCode.TOKEN_REFUSED;
        String alias = verifiedToken.get().alias();
        Refusal refusal = new Refusal(alias, OptionalLong.of(companyId), code.name(), code.explanation());
        refusals.add(refusal, Optional.of(
                new TokenFile.Usable(alias, verifiedToken.get().fromFile(), Optional.empty())));
        LOG.log(new CompanyEvent.CompanyRefused(OptionalLong.of(companyId), Optional.empty(), code.name(),
                code.explanation()));
        store.refuse(companyId, code.name());
        reload();
    }

    @Override
    public void accepted(long companyId, Secret token) {
        verifiedTokens.accepted(companyId, token);
    }

    private boolean usable(Company company) {
        return company.active() && verifiedTokens.of(company.id()).isPresent();
    }

    private void reload() {
        companies.set(store.all().stream()
                .collect(Collectors.toMap(Company::id, Function.identity(), (one, same) -> one, LinkedHashMap::new)));
    }

    /** Reads one company anew: a sync of one of thousands does not read them all. */
    private void reload(long companyId) {
        store.byId(companyId).ifPresentOrElse(
                company -> companies.updateAndGet(known -> with(known, company)), this::reload);
    }

    private static Map<Long, Company> with(Map<Long, Company> known, Company company) {
        if (company.equals(known.get(company.id()))) {
            return known;
        }
        Map<Long, Company> changed = new LinkedHashMap<>(known);
        changed.put(company.id(), company);
        return changed;
    }
}

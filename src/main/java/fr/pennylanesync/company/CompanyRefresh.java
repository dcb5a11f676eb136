package fr.pennylanesync.company;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.lease.LeaseErrorCode;
import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenFile;
import fr.pennylanesync.token.TokenFingerprint;
import fr.pennylanesync.token.TokenScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings companies in line with the token directory: new and changed tokens are asked for their company before anything
 * is read with them, each alias stays with the company of its first token, and whatever does not fit is set aside while
 * the others go on.
 */
final class CompanyRefresh {

    private static final EventLog LOG = EventLog.of(CompanyRefresh.class);
    /** Processes that see different files must not ask {@code /me} all the time about what they disagree on. */
    private static final Duration DOUBT_EVERY = Duration.ofMinutes(5);

    private final TokenDirectory tokens;
    private final TokenIdentifier tokenIdentifier;
    private final CompanyStore store;
    private final VerifiedTokens verifiedTokens;
    private final Refusals refusals;
    private final DirectorySettings settings;
    private final IdentificationLock identificationLock;
    private final TokenSearch search;
    private volatile Optional<ErrorCode> toldFault = Optional.empty();
    private final Set<String> toldDeferred = ConcurrentHashMap.newKeySet();

    CompanyRefresh(
            TokenDirectory tokens,
            TokenIdentifier tokenIdentifier,
            CompanyStore store,
            VerifiedTokens verifiedTokens,
            Refusals refusals,
            DirectorySettings settings,
            IdentificationLock identificationLock,
            TokenSearch search) {
        this.identificationLock = identificationLock;
        this.search = search;
        this.tokens = tokens;
        this.tokenIdentifier = tokenIdentifier;
        this.store = store;
        this.verifiedTokens = verifiedTokens;
        this.refusals = refusals;
        this.settings = settings;
    }

    /** Says what the directory's own fault is, and which tokens could not be asked about. */
    record RefreshResult(Optional<ErrorCode> directoryFault, List<Deferral> deferred) {}

    RefreshResult run() {
        TokenScan scan = tokens.scan();
        tellOfDirectory(scan.fault());
        if (scan.fault().isPresent()) {
            return new RefreshResult(scan.fault(), List.of());
        }
        Map<String, Company> pinned = pinned();
        scan.files().values().forEach(file -> refuseFaulty(file, pinned));
        List<Deferral> deferred = due(scan, pinned).isEmpty() ? List.of() : identifyInTurn(scan);
        pauseRemoved(scan, pinned);
        refusals.keepOnly(scan.files().keySet());
        return new RefreshResult(Optional.empty(), deferred);
    }

    /** The directory is looked at every ten seconds: what becomes of it is told when it changes. */
    private void tellOfDirectory(Optional<ErrorCode> fault) {
        if (fault.equals(toldFault)) {
            return;
        }
        toldFault = fault;
        if (fault.isPresent()) {
            LOG.log(new CompanyEvent.TokenDirectoryUnusable(fault.get().name()));
        } else {
            LOG.log(new CompanyEvent.TokenDirectoryUsable());
        }
    }

    /**
     * Asks again about the token in use: whatever has become of it is concluded as in {@link #run}. Where it is
     * refused, the next one is looked for first, as after any other 401, and asked about in its place.
     *
     * @return why it must not be used, or why nobody knows
     */
    Optional<ErrorCode> verify(Company company, VerifiedToken verifiedToken) {
        TokenFile.Usable file = new TokenFile.Usable(verifiedToken.alias(), verifiedToken.fromFile(), Optional.empty());
        TokenIdentifier.IdentifiedToken answer =
                tokenIdentifier.identifyAgain(file, verifiedToken.current(), company.id());
        Optional<Secret> other = answer.identification().problem().filter(ApiErrorCode.TOKEN_REFUSED::equals)
                .flatMap(refused -> search.other(company.id(), verifiedToken.current()));
        if (other.isPresent()) {
            answer = tokenIdentifier.identifyAgain(file, other.get(), company.id());
        } else if (verifiedTokens.of(company.id()).filter(verifiedToken::equals).isEmpty()) {
            // Replaced while the question was under way, by a token that was verified itself.
            return Optional.empty();
        }
        conclude(answer, Optional.of(company));
        boolean otherCompany =
                answer.identification() instanceof Identification.Known known && known.companyId() != company.id();
        return otherCompany ? Optional.of(CompanyErrorCode.WRONG_COMPANY) : answer.identification().problem();
    }

    private Map<String, Company> pinned() {
        return store.all().stream().collect(Collectors.toMap(Company::alias, Function.identity()));
    }

    private List<TokenFile.Usable> due(TokenScan scan, Map<String, Company> pinned) {
        return scan.files().keySet().stream()
                .flatMap(alias -> scan.usable(alias).stream())
                .filter(file -> isDue(file, Optional.ofNullable(pinned.get(file.alias()))))
                .toList();
    }

    /** One process asks, the others find in the warehouse what it learned: a token is asked about once. */
    private List<Deferral> identifyInTurn(TokenScan scan) {
        Optional<Lease> turn = identificationLock.forNewTokens();
        if (turn.isEmpty()) {
            return due(scan, pinned()).stream()
                    .map(file -> new Deferral(file.alias(), LeaseErrorCode.COMPANY_BUSY)).toList();
        }
        try (Lease held = turn.get()) {
            Map<String, Company> pinned = pinned();
            if (!identificationLock.areAlone()) {
                adoptVerified(due(scan, pinned), pinned);
            }
            return identify(due(scan, pinned), pinned);
        }
    }

    /** A token that another process verified lately needs no question of ours: the next sync asks again anyway. */
    private void adoptVerified(List<TokenFile.Usable> due, Map<String, Company> pinned) {
        Map<Long, TokenFingerprint> verified = store.verifiedWithin(settings.verifyEvery());
        for (TokenFile.Usable file : due) {
            id(Optional.ofNullable(pinned.get(file.alias()))).ifPresent(id -> {
                if (verified.containsKey(id) && verified.get(id).matches(file.token())) {
                    verifiedTokens.adopt(id, file.alias(), file.token(), file.token());
                    refusals.clear(file.alias());
                }
            });
        }
    }

    private List<Deferral> identify(List<TokenFile.Usable> due, Map<String, Company> pinned) {
        List<Lease> leases = new ArrayList<>();
        try {
            List<TokenIdentifier.Question> questions =
                    due.stream().flatMap(file -> question(file, pinned, leases).stream()).toList();
            List<Deferral> deferred = new ArrayList<>();
            tokenIdentifier.identify(questions).forEach((alias, answer) -> {
                if (!conclude(answer, Optional.ofNullable(pinned.get(alias)))) {
                    deferred.add(new Deferral(alias, answer.identification().problem().orElseThrow()));
                }
            });
            return deferred;
        } finally {
            leases.forEach(Lease::close);
        }
    }

    /** None about a company that another process reads now. */
    private Optional<TokenIdentifier.Question> question(TokenFile.Usable file, Map<String, Company> pinned,
            List<Lease> leases) {
        OptionalLong companyId = id(Optional.ofNullable(pinned.get(file.alias())));
        if (companyId.isPresent()) {
            Optional<Lease> lease = identificationLock.of(companyId.getAsLong());
            if (lease.isEmpty()) {
                return Optional.empty();
            }
            leases.add(lease.get());
            if (isContradicted(pinned.get(file.alias()))) {
                verifiedTokens.askedInDoubt(companyId.getAsLong());
            }
        }
        return Optional.of(new TokenIdentifier.Question(file, companyId));
    }

    private boolean isDue(TokenFile.Usable file, Optional<Company> company) {
        if (company.flatMap(Company::pause).filter(Company.CompanyPause.OPERATOR::equals).isPresent()) {
            return false;
        }
        boolean known = company.isPresent()
                && verifiedTokens.knows(company.get().id(), file.token(), settings.verifyEvery().toNanos());
        boolean isDoubted = known && isContradicted(company.get())
                && verifiedTokens.mayAskInDoubt(company.get().id(), DOUBT_EVERY.toNanos());
        return isDoubted || !known && !refusals.isCurrent(file, settings.retryRefusedEvery().toNanos());
    }

    /** Another process, which may see other files than this one, has concluded otherwise about a verified token. */
    private boolean isContradicted(Company company) {
        return !company.active() && verifiedTokens.of(company.id()).isPresent();
    }

    /** @return whether something was concluded */
    private boolean conclude(TokenIdentifier.IdentifiedToken answer, Optional<Company> pinned) {
        boolean concluded = isConcluded(answer, pinned);
        if (concluded) {
            toldDeferred.remove(answer.file().alias());
        } else if (toldDeferred.add(answer.file().alias())) {
            LOG.log(new CompanyEvent.CompanyIdentificationDeferred(id(pinned), Optional.of(answer.file().alias()),
                    answer.identification().problem().map(ErrorCode::name).orElse("")));
        }
        return concluded;
    }

    private boolean isConcluded(TokenIdentifier.IdentifiedToken answer, Optional<Company> pinned) {
        if (answer.identification() instanceof Identification.Known known) {
            pin(answer, known, pinned);
            return true;
        }
        if (answer.identification() instanceof Identification.TokenNotAccepted refused) {
            refuse(answer.file(), pinned, refused.code());
            return true;
        }
        return false;
    }

    private void pin(TokenIdentifier.IdentifiedToken answer, Identification.Known known, Optional<Company> pinned) {
        TokenFile.Usable file = answer.file();
        if (pinned.isPresent() && pinned.get().id() != known.companyId()) {
            refuse(file, pinned, CompanyErrorCode.WRONG_COMPANY);
            return;
        }
        if (!store.pin(file.alias(), known, answer.token())) {
            refuse(file, pinned, CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
            return;
        }
        verifiedTokens.adopt(known.companyId(), file.alias(), file.token(), answer.token());
        refusals.clear(file.alias());
        if (pinned.filter(Company::active).isEmpty()) {
            LOG.log(new CompanyEvent.CompanyActive(known.companyId(), known.scopes().names().size()));
        }
    }

    private void refuse(TokenFile.Usable file, Optional<Company> pinned, ErrorCode code) {
        refuse(file.alias(), pinned, code.name(), code.explanation(), Optional.of(file));
    }

    private void refuseFaulty(TokenFile file, Map<String, Company> pinned) {
        if (file instanceof TokenFile.Faulty faulty) {
            Optional<Company> company = Optional.ofNullable(pinned.get(faulty.alias()));
            refuse(faulty.alias(), company, faulty.fault().name(), faulty.fault().explanation(), Optional.empty());
        }
    }

    private void refuse(String alias, Optional<Company> pinned, String code, String remedy,
            Optional<TokenFile.Usable> file) {
        OptionalLong companyId = id(pinned);
        companyId.ifPresent(verifiedTokens::drop);
        companyId.ifPresent(id -> store.refuse(id, code));
        if (refusals.add(new Refusal(alias, companyId, code, remedy), file)) {
            LOG.log(new CompanyEvent.CompanyRefused(companyId, Optional.of(alias), code, remedy));
        }
    }

    private static OptionalLong id(Optional<Company> company) {
        return company.map(known -> OptionalLong.of(known.id())).orElse(OptionalLong.empty());
    }

    private void pauseRemoved(TokenScan scan, Map<String, Company> pinned) {
        for (Company company : pinned.values()) {
            if (scan.files().containsKey(company.alias())) {
                continue;
            }
            verifiedTokens.drop(company.id());
            if (store.pauseRemoved(company.id())) {
                LOG.log(new CompanyEvent.CompanyPaused(company.id(), Company.CompanyPause.TOKEN_REMOVED.name()));
            }
        }
    }
}

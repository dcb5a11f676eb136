package fr.pennylanesync.company;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.privacy.CompanyEvent;
import fr.pennylanesync.privacy.EventLog;
import fr.pennylanesync.settings.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings companies in line with the token directory: new and changed tokens are asked for their company before anything is
 * read with them, each alias stays with the company of its first token, and whatever does not fit is set aside while the
 * others go on.
 */
final class CompanyRefresh {

    private static final EventLog LOG = EventLog.of(CompanyRefresh.class);

    private final TokenDirectory tokens;
    private final Identifier identifier;
    private final CompanyStore store;
    private final Bearers bearers;
    private final Refusals refusals;
    private final DirectorySettings settings;
    private final Turns turns;

    CompanyRefresh(
            TokenDirectory tokens,
            Identifier identifier,
            CompanyStore store,
            Bearers bearers,
            Refusals refusals,
            DirectorySettings settings,
            Turns turns) {
        this.turns = turns;
        this.tokens = tokens;
        this.identifier = identifier;
        this.store = store;
        this.bearers = bearers;
        this.refusals = refusals;
        this.settings = settings;
    }

    /** What the directory's own fault is, and which aliases could not be asked about. */
    record Result(Optional<ErrorCode> directoryFault, List<String> deferred) {}

    Result run() {
        TokenScan scan = tokens.scan();
        if (scan.fault().isPresent()) {
            LOG.log(new CompanyEvent.TokenDirectoryUnusable(scan.fault().get().name()));
            return new Result(scan.fault(), List.of());
        }
        Map<String, Company> pinned = pinned();
        scan.files().values().forEach(file -> refuseFaulty(file, pinned));
        List<String> deferred = due(scan, pinned).isEmpty() ? List.of() : identifyInTurn(scan);
        pauseRemoved(scan, pinned);
        refusals.keepOnly(scan.files().keySet());
        return new Result(Optional.empty(), deferred);
    }

    /**
     * Asks again about the token in use: whatever has become of it is concluded as in {@link #run}.
     *
     * @return why it must not be used, or why nobody knows
     */
    Optional<ErrorCode> verify(Company company, Bearer bearer) {
        TokenFile.Usable file = new TokenFile.Usable(bearer.alias(), bearer.fromFile(), Optional.empty());
        Identifier.Answer answer = identifier.identifyAgain(file, bearer.current(), company.id());
        if (bearers.of(company.id()).filter(bearer::equals).isEmpty()) {
            // Replaced while the question was under way, by a token that was verified itself.
            return Optional.empty();
        }
        conclude(answer, Optional.of(company));
        boolean otherCompany = answer.identification() instanceof Identification.Known known && known.companyId() != company.id();
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
    private List<String> identifyInTurn(TokenScan scan) {
        Optional<Lease> turn = turns.forNewTokens();
        if (turn.isEmpty()) {
            return due(scan, pinned()).stream().map(TokenFile.Usable::alias).toList();
        }
        try (Lease held = turn.get()) {
            Map<String, Company> pinned = pinned();
            if (!turns.areAlone()) {
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
                    bearers.adopt(id, file.alias(), file.token(), file.token());
                    refusals.clear(file.alias());
                }
            });
        }
    }

    private List<String> identify(List<TokenFile.Usable> due, Map<String, Company> pinned) {
        List<Lease> leases = new ArrayList<>();
        try {
            List<Identifier.Question> questions = due.stream().flatMap(file -> question(file, pinned, leases).stream()).toList();
            List<String> deferred = new ArrayList<>();
            identifier.identify(questions).forEach((alias, answer) -> {
                if (!conclude(answer, Optional.ofNullable(pinned.get(alias)))) {
                    deferred.add(alias);
                }
            });
            return deferred;
        } finally {
            leases.forEach(Lease::close);
        }
    }

    /** None about a company that another process reads now. */
    private Optional<Identifier.Question> question(TokenFile.Usable file, Map<String, Company> pinned, List<Lease> leases) {
        OptionalLong companyId = id(Optional.ofNullable(pinned.get(file.alias())));
        if (companyId.isPresent()) {
            Optional<Lease> lease = turns.of(companyId.getAsLong());
            if (lease.isEmpty()) {
                return Optional.empty();
            }
            leases.add(lease.get());
        }
        return Optional.of(new Identifier.Question(file, companyId));
    }

    private boolean isDue(TokenFile.Usable file, Optional<Company> company) {
        if (company.flatMap(Company::pause).filter(Company.Pause.OPERATOR::equals).isPresent()) {
            return false;
        }
        boolean known = company.isPresent()
                && bearers.knows(company.get().id(), file.token(), settings.verifyEvery().toNanos());
        return !known && !refusals.stands(file.alias(), file.token(), settings.retryRefusedEvery().toNanos());
    }

    /** @return whether something was concluded */
    private boolean conclude(Identifier.Answer answer, Optional<Company> pinned) {
        if (answer.identification() instanceof Identification.Known known) {
            pin(answer, known, pinned);
            return true;
        }
        if (answer.identification() instanceof Identification.Refused refused) {
            refuse(answer.file(), pinned, refused.code());
            return true;
        }
        LOG.log(new CompanyEvent.CompanyIdentificationDeferred(id(pinned), Optional.of(answer.file().alias()),
                answer.identification().problem().map(ErrorCode::name).orElse("")));
        return false;
    }

    private void pin(Identifier.Answer answer, Identification.Known known, Optional<Company> pinned) {
        TokenFile.Usable file = answer.file();
        if (pinned.isPresent() && pinned.get().id() != known.companyId()) {
            refuse(file, pinned, CompanyErrorCode.WRONG_COMPANY);
            return;
        }
        if (!store.pin(file.alias(), known, answer.token())) {
            refuse(file, pinned, CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
            return;
        }
        bearers.adopt(known.companyId(), file.alias(), file.token(), answer.token());
        refusals.clear(file.alias());
        if (pinned.filter(Company::active).isEmpty()) {
            LOG.log(new CompanyEvent.CompanyActive(known.companyId(), known.scopes().names().size()));
        }
    }

    private void refuse(TokenFile.Usable file, Optional<Company> pinned, ErrorCode code) {
        refuse(file.alias(), pinned, code.name(), code.explanation(), Optional.of(file.token()));
    }

    private void refuseFaulty(TokenFile file, Map<String, Company> pinned) {
        if (file instanceof TokenFile.Faulty faulty) {
            Optional<Company> company = Optional.ofNullable(pinned.get(faulty.alias()));
            refuse(faulty.alias(), company, faulty.fault().name(), faulty.fault().explanation(), Optional.empty());
        }
    }

    private void refuse(String alias, Optional<Company> pinned, String code, String remedy, Optional<Secret> token) {
        OptionalLong companyId = id(pinned);
        companyId.ifPresent(bearers::drop);
        companyId.ifPresent(id -> store.refuse(id, code));
        if (refusals.add(new Refusal(alias, companyId, code, remedy), token)) {
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
            bearers.drop(company.id());
            if (store.pause(company.id(), Company.Pause.TOKEN_REMOVED)) {
                LOG.log(new CompanyEvent.CompanyPaused(company.id(), Company.Pause.TOKEN_REMOVED.name()));
            }
        }
    }
}

package fr.pennylanesync.doctor;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.camel.Placeholders;
import fr.pennylanesync.company.MeClient;
import fr.pennylanesync.company.SlotWait;
import fr.pennylanesync.company.TokenCheck;
import fr.pennylanesync.company.TokenCheck.CheckedToken;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.CompanyState;
import fr.pennylanesync.token.OAuthRefresher;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenExpiries;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Each token against {@code /me}: whose it is, whether it may be used, what it may not read, when it ends. */
final class TokensCheck {

    private static final String AREA = "tokens";

    private final Settings settings;
    private final Optional<StreamCatalog> catalog;
    private final List<Company> pinned;
    private final RequestMeter meter;

    /**
     * @param catalog which scopes are needed; empty: not known
     * @param pinned the companies that the warehouse knows
     * @param meter told of each request
     */
    TokensCheck(Settings settings, Optional<StreamCatalog> catalog, List<Company> pinned, RequestMeter meter) {
        this.settings = settings;
        this.catalog = catalog;
        this.pinned = pinned;
        this.meter = meter;
    }

    List<Finding> run() {
        ApiBase base = ApiBase.of(settings.pennylane().baseUrl());
        HttpSettings http = HttpSettings.of(settings.pennylane().http());
        Path directory = settings.pennylane().tokens().directory();
        AtomicBoolean waited = new AtomicBoolean();
        try (OAuthRefresher oauth = new OAuthRefresher(base, http, InstantSource.system());
                MeClient meClient = new MeClient(base, http, new RateBudgets(BudgetSettings.DOCUMENTED), meter,
                        SlotWait.telling(() -> waited.set(true)))) {
            List<Finding> findings =
                    findings(new TokenCheck(TokenDirectory.of(directory, Placeholders::resolve, oauth), meClient)
                            .examine(pinned));
            return waited.get() ? Stream.concat(Stream.of(Finding.warning(AREA,
                    ApiErrorCode.RATE_LIMITED.name() + ": others use the request budget of a token; waited for a slot",
                    "nothing, if `run` or a `sync` is at work; else see who else has the token")), findings.stream())
                    .toList() : findings;
        }
    }

    private List<Finding> findings(TokenCheck.TokenCheckResult result) {
        if (result.directoryFault().isPresent()) {
            return List.of(Finding.fault(AREA, result.directoryFault().get().name(),
                    result.directoryFault().get().explanation()));
        }
        if (result.tokens().isEmpty()) {
            return List.of(Finding.fault(AREA, "there is no token file",
                    "put <alias>.token, mode 0600, into pennylane.tokens.directory"));
        }
        List<Finding> findings = new ArrayList<>();
        result.tokens().forEach(token -> findings.addAll(findings(token)));
        return findings;
    }

    private List<Finding> findings(CheckedToken token) {
        if (token instanceof CheckedToken.Unusable refused) {
            return List.of(Finding.fault(AREA, refused.alias() + ": " + refused.code(), refused.remedy()));
        }
        if (token instanceof CheckedToken.Unknown unknown) {
            return List.of(Finding.fault(AREA, unknown.alias() + ": could not be asked about, " + unknown.code(),
                    unknown.remedy()));
        }
        return ofGood((CheckedToken.Good) token);
    }

    private List<Finding> ofGood(CheckedToken.Good token) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good(AREA,
                token.alias() + ": company " + token.companyId() + ", " + token.scopes().names().size() + " scopes"));
        Set<String> missing = token.scopes().missing(domains());
        if (!missing.isEmpty()) {
            findings.add(Finding.warning(AREA, token.alias() + ": lacks the scopes " + String.join(", ", missing),
                    "create a token with them, or disable their streams"));
        }
        Company company = new Company(token.companyId(), token.alias(), CompanyState.ACTIVE, token.scopes(),
                Optional.empty(), Optional.empty());
        new TokenExpiries(settings.pennylane().tokens().directory(), InstantSource.system()).notices(List.of(company))
                .forEach(notice -> findings.add(Finding.warning(AREA, token.alias() + ": " + notice.code()
                        + notice.expiresOn().map(day -> " on " + day).orElse(""), notice.code().remedy())));
        return findings;
    }

    private Set<String> domains() {
        Set<String> domains = new TreeSet<>();
        catalog.ifPresent(streams -> streams.all().stream().filter(StreamDefinition::enabled)
                .forEach(stream -> domains.addAll(stream.scopes())));
        return domains;
    }
}

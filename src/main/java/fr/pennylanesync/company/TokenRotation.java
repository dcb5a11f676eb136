package fr.pennylanesync.company;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.ApiFailureCode;
import fr.pennylanesync.privacy.CompanyEvent;
import fr.pennylanesync.privacy.EventLog;
import fr.pennylanesync.settings.Secret;
import java.util.Collection;
import java.util.Set;

/** Replaces the token of a company, once the new one has proved to be at least as good. */
final class TokenRotation {

    private static final EventLog LOG = EventLog.of(TokenRotation.class);
    private static final String ME = "/me";

    private final TokenDirectory tokens;
    private final CompanyIdentity identity;
    private final CompanyStore store;
    private final Bearers bearers;

    TokenRotation(TokenDirectory tokens, CompanyIdentity identity, CompanyStore store, Bearers bearers) {
        this.tokens = tokens;
        this.identity = identity;
        this.store = store;
        this.bearers = bearers;
    }

    /** @return the company's id */
    long rotate(String alias, Secret newToken, Collection<String> domainsInUse) {
        requireToken(newToken);
        Company company = store.byAlias(alias).orElseThrow(() -> ApiFailure.of(ApiFailureCode.COMPANY_NOT_ACTIVE, "company"));
        Identification.Known known = known(newToken);
        if (known.companyId() != company.id()) {
            throw ApiFailure.of(ApiFailureCode.WRONG_COMPANY, ME);
        }
        requireScopes(company, known, domainsInUse);
        tokens.replace(alias, newToken);
        if (!store.pin(alias, known, newToken)) {
            throw ApiFailure.of(ApiFailureCode.COMPANY_HELD_BY_OTHER_ALIAS, ME);
        }
        bearers.adopt(company.id(), alias, newToken, newToken);
        LOG.log(new CompanyEvent.TokenRotated(company.id()));
        return company.id();
    }

    Secret next(String alias) {
        return tokens.scan().usable(alias).flatMap(TokenFile.Usable::next)
                .orElseThrow(() -> new TokenFailure(TokenFault.NEXT_MISSING));
    }

    // It may come from standard input, and is about to become a header.
    private static void requireToken(Secret token) {
        try {
            TokenText.requireToken(token);
        } catch (TokenRefused notOne) {
            throw new TokenFailure(notOne.fault());
        }
    }

    private Identification.Known known(Secret token) {
        Identification identification = identity.identify(token);
        if (identification instanceof Identification.Known known) {
            return known;
        }
        throw ApiFailure.of(identification.problem().orElseThrow(), ME);
    }

    // In use is what the streams need and the old token could read: a scope that never was there is no loss.
    private static void requireScopes(Company company, Identification.Known known, Collection<String> domainsInUse) {
        Set<String> lost = known.scopes().missing(domainsInUse);
        lost.removeIf(domain -> !company.scopes().allows(domain));
        if (!lost.isEmpty()) {
            throw ApiFailure.of(ApiFailureCode.SCOPES_REDUCED, ME);
        }
    }
}

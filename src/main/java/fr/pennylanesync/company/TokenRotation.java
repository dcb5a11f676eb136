package fr.pennylanesync.company;

import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenErrorCode;
import fr.pennylanesync.token.TokenFile;
import fr.pennylanesync.token.TokenText;
import java.util.Collection;
import java.util.Set;

/** Replaces the token of a company, once the new one has proved to be at least as good. */
final class TokenRotation {

    private static final EventLog LOG = EventLog.of(TokenRotation.class);

    private final TokenDirectory tokens;
    private final MeClient meClient;
    private final CompanyStore store;
    private final VerifiedTokens verifiedTokens;

    TokenRotation(TokenDirectory tokens, MeClient meClient, CompanyStore store, VerifiedTokens verifiedTokens) {
        this.tokens = tokens;
        this.meClient = meClient;
        this.store = store;
        this.verifiedTokens = verifiedTokens;
    }

    /** @return the company's id */
    long rotate(String alias, Secret newToken, Collection<String> domainsInUse) {
        // It may come from standard input, and is about to become a header.
        TokenText.requireToken(newToken);
        Company company = store.byAlias(alias)
                .orElseThrow(() -> FailureFacts.at("company").failure(CompanyErrorCode.COMPANY_NOT_ACTIVE));
        Identification.Known known = meClient.require(newToken);
        if (known.companyId() != company.id()) {
            throw MeClient.refusal(CompanyErrorCode.WRONG_COMPANY);
        }
        requireScopes(company, known, domainsInUse);
        tokens.replace(alias, newToken);
        if (!store.pin(alias, known, newToken)) {
            throw MeClient.refusal(CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
        }
        verifiedTokens.adopt(company.id(), alias, newToken, newToken);
        LOG.log(new CompanyEvent.TokenRotated(company.id()));
        return company.id();
    }

    Secret next(String alias) {
        return tokens.scan().usable(alias).flatMap(TokenFile.Usable::next)
                .orElseThrow(() -> new SyncException(TokenErrorCode.NEXT_MISSING));
    }

    // In use is what the streams need and the old token could read: a scope that never was there is no loss.
    private static void requireScopes(Company company, Identification.Known known, Collection<String> domainsInUse) {
        Set<String> lost = known.scopes().missing(domainsInUse);
        lost.removeIf(domain -> !company.scopes().allows(domain));
        if (!lost.isEmpty()) {
            throw MeClient.refusal(CompanyErrorCode.SCOPES_REDUCED);
        }
    }
}

package fr.pennylanesync.company;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Alias;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.NewToken;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenErrorCode;
import fr.pennylanesync.token.TokenText;

/** Puts the first token of a company in place, once {@code /me} has named a company that is not here yet. */
final class TokenAddition {

    private static final EventLog LOG = EventLog.of(TokenAddition.class);

    private final TokenDirectory tokens;
    private final MeClient meClient;
    private final CompanyStore store;
    private final VerifiedTokens verifiedTokens;

    TokenAddition(TokenDirectory tokens, MeClient meClient, CompanyStore store, VerifiedTokens verifiedTokens) {
        this.tokens = tokens;
        this.meClient = meClient;
        this.store = store;
        this.verifiedTokens = verifiedTokens;
    }

    /**
     * Checks that nothing stands in the way of an alias, before anybody types a secret.
     *
     * @throws SyncException if it is no alias, or there is one
     */
    void requireFree(String alias) {
        Alias.require(alias);
        if (tokens.isPresent(alias)) {
            throw new SyncException(TokenErrorCode.ALIAS_EXISTS);
        }
    }

    /** @return the company's id */
    long add(String alias, NewToken token) {
        requireFree(alias);
        Secret secret = TokenText.requireToken(token.secret());
        Identification.Known known = meClient.require(secret);
        store.byAlias(alias).filter(company -> company.id() != known.companyId()).ifPresent(other -> {
            throw MeClient.refusal(CompanyErrorCode.WRONG_COMPANY);
        });
        if (store.all().stream().anyMatch(company -> isHeldByAnother(company, alias, known.companyId()))) {
            throw MeClient.refusal(CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
        }
        tokens.add(alias, token);
        if (!store.pin(alias, known, secret)) {
            throw MeClient.refusal(CompanyErrorCode.COMPANY_HELD_BY_OTHER_ALIAS);
        }
        verifiedTokens.adopt(known.companyId(), alias, secret, secret);
        LOG.log(new CompanyEvent.TokenAdded(known.companyId(), alias));
        return known.companyId();
    }

    private static boolean isHeldByAnother(Company company, String alias, long companyId) {
        return company.id() == companyId && !company.alias().equals(alias);
    }
}

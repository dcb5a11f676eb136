package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.BudgetSettings;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.NanoClock;
import fr.pennylanesync.camel.Placeholders;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.CompanyIdentity;
import fr.pennylanesync.company.CompanyStore;
import fr.pennylanesync.company.DirectorySettings;
import fr.pennylanesync.company.OAuthTokens;
import fr.pennylanesync.company.TokenDirectory;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.Warehouse;

/** The companies of this installation, and the client that asks {@code /me} about their tokens. */
record CompanyParts(CompanyDirectory directory, CompanyIdentity identity) implements AutoCloseable {

    static CompanyParts open(Settings settings, Warehouse warehouse, ApiBase base, HttpSettings http, BudgetSettings budget,
            Requests requests) {
        CompanyIdentity identity = new CompanyIdentity(base, http, budget, requests);
        TokenDirectory tokens = new TokenDirectory(settings.pennylane().tokens().directory(), Placeholders::resolve, OAuthTokens.NONE);
        CompanyStore store = new CompanyStore(warehouse.jdbc());
        return new CompanyParts(new CompanyDirectory(tokens, identity, store, DirectorySettings.DEFAULT, NanoClock.SYSTEM), identity);
    }

    @Override
    public void close() {
        identity.close();
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.BudgetSettings;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.NanoClock;
import fr.pennylanesync.api.RateBudgets;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.camel.Placeholders;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.CompanyIdentity;
import fr.pennylanesync.company.CompanyStore;
import fr.pennylanesync.company.DirectorySettings;
import fr.pennylanesync.company.OAuthRefresher;
import fr.pennylanesync.company.RefreshReport;
import fr.pennylanesync.company.TokenDirectory;
import fr.pennylanesync.company.TokenExpiries;
import fr.pennylanesync.company.Turns;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.InstantSource;

/** The companies of this installation, and the clients that their tokens need. */
public record OpenCompanies(CompanyDirectory directory, CompanyIdentity identity, OAuthRefresher oauth, TokenExpiries expiries)
        implements AutoCloseable {

    /** For commands that read no stream. */
    public static OpenCompanies open(Settings settings, Warehouse warehouse) {
        return open(settings, warehouse, ApiBase.of(settings.pennylane().baseUrl()), SyncRuntime.http(settings), budgets(settings),
                RequestMeter.NONE, Turns.ALONE);
    }

    static RateBudgets budgets(Settings settings) {
        Settings.Rate rate = settings.pennylane().rate();
        return new RateBudgets(new BudgetSettings(rate.requests(), rate.window(), BudgetSettings.DOCUMENTED.largestQueue()));
    }

    static OpenCompanies open(Settings settings, Warehouse warehouse, ApiBase base, HttpSettings http, RateBudgets budgets,
            RequestMeter requests, Turns turns) {
        OAuthRefresher oauth = new OAuthRefresher(base, http, InstantSource.system());
        CompanyIdentity identity = new CompanyIdentity(base, http, budgets, requests);
        TokenDirectory tokens = TokenDirectory.of(settings.pennylane().tokens().directory(), Placeholders::resolve, oauth);
        CompanyStore store = new CompanyStore(warehouse.jdbc());
        CompanyDirectory directory = new CompanyDirectory(tokens, identity, store, DirectorySettings.DEFAULT, NanoClock.SYSTEM,
                turns);
        TokenExpiries expiries = new TokenExpiries(settings.pennylane().tokens().directory(), InstantSource.system());
        return new OpenCompanies(directory, identity, oauth, expiries);
    }

    /** Reads the token directory again, and warns of tokens that end soon. */
    public RefreshReport refresh() {
        RefreshReport report = directory.refresh();
        expiries.warn(report.active());
        return report;
    }

    @Override
    public void close() {
        identity.close();
        oauth.close();
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.api.budget.NanoClock;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.camel.Placeholders;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.CompanyStore;
import fr.pennylanesync.company.DirectorySettings;
import fr.pennylanesync.company.IdentificationLock;
import fr.pennylanesync.company.MeClient;
import fr.pennylanesync.company.RefreshReport;
import fr.pennylanesync.company.SlotWait;
import fr.pennylanesync.company.TokenCheck;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.token.OAuthLogin;
import fr.pennylanesync.token.OAuthLogin.OAuthClient;
import fr.pennylanesync.token.OAuthRefresher;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.token.TokenExpiries;
import java.time.InstantSource;

/** The companies of this installation, and the clients that their tokens need. */
public record OpenCompanies(CompanyDirectory directory, TokenCheck check, MeClient identity, OAuthRefresher oauth,
        TokenExpiries expiries)
        implements AutoCloseable {

    /** For commands that read no stream, whose user waits for the answers. */
    public static OpenCompanies open(Settings settings, CompanyStore store, SlotWait slotWait) {
        return open(settings, store, ApiBase.of(settings.pennylane().baseUrl()),
                HttpSettings.of(settings.pennylane().http()),
                budgets(settings),
                RequestMeter.NONE, IdentificationLock.ALONE, slotWait);
    }

    /** Begins to let an application into one company. */
    public static OAuthLogin login(Settings settings, OAuthClient application) {
        return new OAuthLogin(ApiBase.of(settings.pennylane().baseUrl()), HttpSettings.of(settings.pennylane().http()),
                InstantSource.system(), application);
    }

    static RateBudgets budgets(Settings settings) {
        Settings.Rate rate = settings.pennylane().rate();
        return new RateBudgets(
                new BudgetSettings(rate.requests(), rate.window(), BudgetSettings.DOCUMENTED.largestQueue()));
    }

    static OpenCompanies open(Settings settings, CompanyStore store, ApiBase base, HttpSettings http,
            RateBudgets budgets,
            RequestMeter requests, IdentificationLock identificationLock, SlotWait slotWait) {
        OAuthRefresher oauth = new OAuthRefresher(base, http, InstantSource.system());
        MeClient meClient = new MeClient(base, http, budgets, requests, slotWait);
        TokenDirectory tokens =
                TokenDirectory.of(settings.pennylane().tokens().directory(), Placeholders::resolve, oauth);
        CompanyDirectory directory =
                new CompanyDirectory(tokens, meClient, store, DirectorySettings.DEFAULT, NanoClock.SYSTEM,
                        identificationLock);
        TokenExpiries expiries = new TokenExpiries(settings.pennylane().tokens().directory(), InstantSource.system());
        return new OpenCompanies(directory, new TokenCheck(tokens, meClient), meClient, oauth, expiries);
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

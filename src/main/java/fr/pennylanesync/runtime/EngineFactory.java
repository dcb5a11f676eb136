package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiClock;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneHttp;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.page.ReadLimits;
import fr.pennylanesync.camel.ArchiveBeans;
import fr.pennylanesync.camel.CompanySteps;
import fr.pennylanesync.camel.PageSteps;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.camel.SyncSteps;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.history.SharePasses;
import fr.pennylanesync.landing.DueList;
import fr.pennylanesync.landing.Landing;
import fr.pennylanesync.landing.LandingMeter;
import fr.pennylanesync.landing.Quarantine;
import fr.pennylanesync.landing.StaleCopies;
import fr.pennylanesync.landing.StreamStates;
import fr.pennylanesync.lease.CompanyLeases;
import fr.pennylanesync.plan.CompanyPlan;
import fr.pennylanesync.plan.Passes;
import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.schedule.CompanyRuns;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareConnections;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the engine together from the parts that it needs: the one place that knows them all. */
final class EngineFactory {

    private EngineFactory() {}

    static SyncEngine engine(Settings settings, Warehouse warehouse, PennylaneTransport transport,
            HttpSettings http, ApiClock clock, Progress progress, CompanyDirectory companies, CompanyLeases leases,
            CompanyRuns runs,
            ArchiveBeans archive, LandingMeter meter) {
        Landing landing = new Landing(warehouse.jdbc(), warehouse.rowCopy(), meter);
        SharePasses share = new SharePasses(warehouse.jdbc(), share(settings), Clock.systemUTC());
        StreamStates states = new StreamStates(warehouse.jdbc());
        TransactionTemplate transactions = new TransactionTemplate(warehouse.transactionManager());
        SyncSteps.SyncStepDependencies steps = new SyncSteps.SyncStepDependencies(
                catalog -> new Passes(warehouse.jdbc(), share, () -> catalog, Clock.systemUTC()),
                states, new Quarantine(warehouse.jdbc()), progress, clock);
        CompanySteps.Parts company = new CompanySteps.Parts(companies, leases, runs, new CompanyPlan.Parts(states,
                new DueList(warehouse.jdbc()), new StaleCopies(warehouse.jdbc())::follow, transactions, progress),
                new AtomicBoolean());
        return new SyncEngine(new SyncEngine.EngineDependencies(properties(settings),
                builder -> PennylaneHttp.configure(builder, http, transport),
                transactions, landing, share::snapshot,
                new PageSteps(new ReadLimits(settings.pennylane().http().bodyLimitBytes()),
                        settings.pennylane().http().totalTimeout()),
                company, steps, archive, settings.sync().parallelCompanies() * settings.sync().parallelStreams()));
    }

    /** The data sharing, where a login is configured. */
    static Optional<Share> share(Settings settings) {
        return settings.share().map(login -> new Share(new ShareConnections(login), login.lag()));
    }

    /** What the routes may refer to: the base URL, and whatever the configuration holds beside our own keys. */
    private static Map<String, String> properties(Settings settings) {
        Map<String, String> properties = new HashMap<>(settings.others());
        properties.put("share.fetch-rows", Integer.toString(ShareConnections.FETCH_ROWS));
        properties.put("pennylane.base-url", settings.pennylane().baseUrl().toString());
        return properties;
    }
}

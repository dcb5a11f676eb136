package fr.pennylanesync.runtime;

import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneHttp;
import fr.pennylanesync.api.page.ReadLimits;
import fr.pennylanesync.camel.CompanySteps;
import fr.pennylanesync.camel.DigestSteps;
import fr.pennylanesync.camel.PageSteps;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.camel.SyncSteps;
import fr.pennylanesync.camel.TracedRoutes;
import fr.pennylanesync.camel.WebhookSteps;
import fr.pennylanesync.history.SharePasses;
import fr.pennylanesync.landing.Landing;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.plan.CompanyPlan;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.share.ShareConnections;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.tracing.Traces;
import fr.pennylanesync.warehouse.Warehouse;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what the engine works with. */
final class EngineFactory {

    private EngineFactory() {}

    static SyncEngine.EngineDependencies dependencies(RuntimeResources resources) {
        Settings settings = resources.settings();
        Warehouse warehouse = resources.warehouse();
        Tables tables = resources.tables();
        Settings.Http limits = settings.pennylane().http();
        HttpSettings http = HttpSettings.of(limits);
        SharePasses share = tables.sharePasses(settings.share().map(Share::of));
        TransactionTemplate transactions = new TransactionTemplate(warehouse.transactionManager());
        SubListProofs proofs = new SubListProofs(warehouse.jdbc(), settings.sync().proofs().stream()
                .map(Proof::of).toList(), settings.sync().proofTrials());
        SyncSteps.SyncStepDependencies steps =
                new SyncSteps.SyncStepDependencies(catalog -> tables.passes(share, proofs, () -> catalog,
                        company -> resources.budgets().of(company).waiting()),
                        tables.states(),
                        tables.quarantine(), resources.progress(), resources.clock(), resources.outages());
        return new SyncEngine.EngineDependencies(properties(settings),
                builder -> PennylaneHttp.configure(builder, http, resources.transport()), transactions,
                new Landing(warehouse.jdbc(), warehouse.rowCopy(), proofs, resources.meter()), share::snapshot,
                new PageSteps(new ReadLimits(limits.bodyLimitBytes()), limits.totalTimeout()),
                company(resources, transactions, share::offers), steps, resources.archive().beans(),
                new DigestSteps(resources.digests(), resources.outages()),
                new WebhookSteps(settings.alarms().webhook().map(Secret::reveal)),
                settings.tracing().map(endpoint -> traced(endpoint, resources)),
                settings.sync().parallelCompanies() * settings.sync().parallelStreams());
    }

    private static TracedRoutes traced(URI endpoint, RuntimeResources resources) {
        return new TracedRoutes(Traces.to(endpoint, resources.node()),
                company -> resources.companies().directory().company(company).map(Company::alias));
    }

    private static CompanySteps.Parts company(RuntimeResources resources, TransactionTemplate transactions,
            CompanyPlan.Sharing sharing) {
        Tables tables = resources.tables();
        CompanyPlan.Parts plan = new CompanyPlan.Parts(tables.states(), tables.checkpoints(), tables.due(),
                tables.staleCopies()::follow, transactions, resources.progress(), sharing, System::nanoTime);
        return new CompanySteps.Parts(resources.companies().directory(), resources.leases(), resources.runs(), plan,
                new AtomicBoolean(), resources.outages(),
                catalog -> tables.booksAudit(catalog, (companyId, streams) -> {}),
                catalog -> tables.rereadAudit(catalog, resources.settings().audit().rereadDays(),
                        (companyId, streams) -> {}));
    }

    /** Returns what the routes may refer to: the base URL, and whatever the configuration holds beside our own keys. */
    private static Map<String, String> properties(Settings settings) {
        Map<String, String> properties = new HashMap<>(settings.others());
        properties.put("share.fetch-rows", Integer.toString(ShareConnections.FETCH_ROWS));
        properties.put("pennylane.base-url", settings.pennylane().baseUrl().toString());
        return properties;
    }
}

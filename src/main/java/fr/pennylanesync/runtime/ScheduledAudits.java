package fr.pennylanesync.runtime;

import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.activity.RunLog;
import fr.pennylanesync.activity.RunResult;
import fr.pennylanesync.audit.Audit;
import fr.pennylanesync.audit.AuditKind;
import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.AuditRuns;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.logging.AuditEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.schedule.AuditMoments;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Does the audits that the job {@code audit-companies} begins: nothing is repaired by them, and everything told. */
public final class ScheduledAudits {

    private static final EventLog LOG = EventLog.of(ScheduledAudits.class);
    /** A sync under way is waited for. */
    private static final Duration LEASE_WAIT = Duration.ofMinutes(10);

    private final RuntimeResources resources;
    private final AuditRuns runs;
    private final AuditMoments moments;
    private final RunLog log;
    private final Map<Long, Instant> planned = new ConcurrentHashMap<>();
    private volatile Optional<SyncEngine> engine = Optional.empty();

    ScheduledAudits(RuntimeResources resources) {
        this.resources = resources;
        this.runs = new AuditRuns(resources.warehouse().jdbc());
        this.log = new RunLog(resources.warehouse().jdbc(), resources.node());
        this.moments = new AuditMoments(resources.settings().audit().cron());
    }

    /** @param started reads what the audits ask for */
    void serve(SyncEngine started) {
        engine = Optional.of(started);
    }

    /** Returns the companies whose moment has come. */
    public List<Long> dueCompanies() {
        if (engine.isEmpty() || resources.outages().isAway(Part.WAREHOUSE)) {
            return List.of();
        }
        Instant now = Instant.now();
        List<Long> active = resources.companies().directory().active().stream().map(Company::id).toList();
        Map<Long, Instant> found = runs.planned(active);
        planned.putAll(found);
        return found.keySet().stream().filter(id -> moments.isDue(id, found.get(id), now)).toList();
    }

    /** Tells whether the company's audit is this node's to do. */
    public boolean claim(long companyId) {
        return runs.claim(companyId, planned.get(companyId));
    }

    /** Holds the books against their own rules. */
    public void books(long companyId) {
        audit(companyId, AuditKind.BOOKS, running -> resources.tables().booksAudit(running.catalog(),
                (company, streams) -> {}));
    }

    /** Compares with the data sharing, where there is one. */
    public void share(long companyId) {
        resources.settings().share().map(Share::of).ifPresent(share -> audit(companyId, AuditKind.SHARE,
                running -> resources.tables().audit(share, (company, stream, months) -> {})));
    }

    /** Compares with Pennylane's own totals by account. */
    public void trialBalance(long companyId) {
        audit(companyId, AuditKind.TRIAL_BALANCE,
                running -> resources.tables().trialBalanceAudit(new EngineReader(running, resources, LEASE_WAIT)));
    }

    /** Compares with the file of accounting entries, unless that was done within the week. */
    public void fecOnceAWeek(long companyId) {
        if (!runs.isOfThisWeek(companyId, AuditKind.FEC)) {
            audit(companyId, AuditKind.FEC,
                    running -> resources.tables().fecAudit(new EngineReader(running, resources, LEASE_WAIT)));
        }
    }

    /** Notes that the company's audits have ended, whatever they found. */
    public void end(long companyId) {
        runs.end(companyId);
    }

    private void audit(long companyId, AuditKind kind, Function<SyncEngine, Audit> audit) {
        SyncEngine running = engine.orElseThrow();
        long run = log.begin(RunKind.AUDIT, OptionalLong.of(companyId), kind.label());
        List<StreamDefinition> streams = running.catalog().all().stream().filter(StreamDefinition::enabled).toList();
        try {
            List<AuditResult> results = audit.apply(running).run(List.of(companyId), streams, false);
            log.end(run, result(results));
            tell(companyId, kind, results);
        } catch (RuntimeException fault) {
            String code = UnexpectedFailure.of(fault).code().name();
            log.end(run, RunResult.failed(code));
            LOG.log(new AuditEvent.AuditNotDone(companyId, kind.label(), 1, code));
        }
    }

    /** Sums up what an audit found. */
    public static RunResult result(List<AuditResult> results) {
        long compared = results.stream().mapToLong(AuditResult::warehouseRows).sum();
        List<AuditResult> failed = of(results, AuditOutcome.FAILED);
        return failed.isEmpty() ? RunResult.compared(compared, of(results, AuditOutcome.DIFFERENT).size())
                : RunResult.failed(code(failed.get(0)));
    }

    private static String code(AuditResult failed) {
        return failed.note().split("[^A-Z0-9_]", 2)[0];
    }

    /** Does one audit because somebody asks for it. */
    void run(long companyId, AuditKind kind) {
        switch (kind) {
            case BOOKS -> books(companyId);
            case SHARE -> share(companyId);
            case TRIAL_BALANCE -> trialBalance(companyId);
            case FEC -> audit(companyId, AuditKind.FEC, running -> resources.tables().fecAudit(
                    new EngineReader(running, resources, LEASE_WAIT)));
            case REREAD -> throw new IllegalArgumentException("records are read again all the time");
        }
    }

    private static void tell(long companyId, AuditKind kind, List<AuditResult> results) {
        List<AuditResult> failed = of(results, AuditOutcome.FAILED);
        if (!failed.isEmpty()) {
            LOG.log(new AuditEvent.AuditNotDone(companyId, kind.label(), failed.size(),
                    code(failed.get(0))));
        }
        // What the books contradict is told record by record.
        int differing = of(results, AuditOutcome.DIFFERENT).size();
        if (differing > 0 && kind != AuditKind.BOOKS) {
            LOG.log(new AuditEvent.AuditDiffers(companyId, kind.label(), differing));
        }
    }

    private static List<AuditResult> of(List<AuditResult> results, AuditOutcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).toList();
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.activity.OperatorLog;
import fr.pennylanesync.activity.OperatorLog.ActionOutcome;
import fr.pennylanesync.activity.OperatorLog.OperatorAction;
import fr.pennylanesync.audit.AuditKind;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.concurrent.DaemonThreads;
import fr.pennylanesync.console.Operations;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.report.QuarantineEntry;
import fr.pennylanesync.report.QuarantineKind;
import fr.pennylanesync.report.QuarantineList;
import fr.pennylanesync.token.Company;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Does for the console what commands do from a terminal. What takes long goes on behind, one of a kind at a time; the
 * trail says how each ended.
 */
final class ConsoleOperations implements Operations, AutoCloseable {

    private static final Duration LEASE_WAIT = Duration.ofMinutes(2);
    private static final int THREADS = 2;
    private static final int WAITING_MAX = 16;
    private static final String BUSY = "BUSY";
    private static final String UNKNOWN = "UNKNOWN";
    private static final String NOT_ACTIVE = "NOT_ACTIVE";
    private static final String NOTHING_CHANGED = "NOTHING_CHANGED";

    private final RuntimeResources resources;
    private final SyncEngine engine;
    private final Schedule schedule;
    private final ScheduledAudits audits;
    private final OperatorLog log;
    private final Set<OperatorAction> underWay = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX), DaemonThreads.named("console-operation"));

    ConsoleOperations(RuntimeResources resources, SyncEngine engine, Schedule schedule, ScheduledAudits audits) {
        this.resources = resources;
        this.engine = engine;
        this.schedule = schedule;
        this.audits = audits;
        this.log = new OperatorLog(resources.warehouse().jdbc());
    }

    @Override
    public Optional<String> begin(Operation operation, OperatorAction action) {
        UUID request = log.asked(action);
        Optional<String> refused = switch (operation) {
            case SYNC -> atOnce(request, action, schedule.hasten(company(action)), NOT_ACTIVE);
            case PAUSE -> atOnce(request, action, pause(action), NOTHING_CHANGED);
            case RESUME -> atOnce(request, action, resume(action), NOTHING_CHANGED);
            case ACCEPT -> atOnce(request, action, entry(action).filter(QuarantineEntry::isAcceptable)
                    .filter(entry -> resources.tables().quarantine().accept(entry.id())).isPresent(), UNKNOWN);
            case RETRY -> retry(request, action, false);
            case CONFIRM -> retry(request, action, true);
            case AUDIT -> audit(request, action);
            case VERIFY -> later(request, action, () -> new ConsoleVerification(resources, engine.catalog())
                    .verify(action.company()));
        };
        refused.ifPresent(why -> log.note(request, action, ActionOutcome.REFUSED, why));
        return refused;
    }

    private static long company(OperatorAction action) {
        return action.company().orElseThrow();
    }

    private Optional<String> atOnce(UUID request, OperatorAction action, boolean done, String otherwise) {
        if (!done) {
            return Optional.of(otherwise);
        }
        log.note(request, action, ActionOutcome.DONE, "");
        return Optional.empty();
    }

    private boolean pause(OperatorAction action) {
        return changed(action, CompanyDirectory::pause);
    }

    private boolean resume(OperatorAction action) {
        return changed(action, CompanyDirectory::resume);
    }

    /** Changes one company's state. */
    private interface Change {
        boolean make(CompanyDirectory directory, String alias);
    }

    private boolean changed(OperatorAction action, Change change) {
        CompanyDirectory directory = resources.companies().directory();
        boolean changed = directory.company(company(action)).map(Company::alias)
                .filter(alias -> change.make(directory, alias)).isPresent();
        if (changed) {
            schedule.align();
        }
        return changed;
    }

    /** Returns the case that is meant, if it is the company's and open. */
    private Optional<QuarantineEntry> entry(OperatorAction action) {
        return Optional.of(action.subject()).filter(subject -> subject.matches("\\d{1,18}")).map(Long::valueOf)
                .flatMap(new QuarantineList(resources.warehouse().jdbc(), engine.catalog())::find)
                .filter(entry -> entry.companyId() == company(action) && entry.isOpen());
    }

    private Optional<String> retry(UUID request, OperatorAction action, boolean confirmed) {
        Optional<QuarantineEntry> found =
                entry(action).filter(entry -> !confirmed || entry.kind() == QuarantineKind.SWEEP);
        return found.isEmpty() ? Optional.of(UNKNOWN) : later(request, action, () -> {
            QuarantineRetry.Reading reading = new QuarantineRetry.Reading(engine.catalog(),
                    () -> resources.companies().directory().active(), (company, stream, syncRequest) -> engine
                            .sync(company.id(), List.of(stream), syncRequest, LEASE_WAIT));
            return new QuarantineRetry(reading, resources.settings().sync(), resources.tables(),
                    resources.archive().files()::retry).retry(List.of(found.get()), confirmed).get(0).outcome().name();
        });
    }

    private Optional<String> audit(UUID request, OperatorAction action) {
        Optional<AuditKind> kind = Stream.of(AuditKind.values()).filter(each -> each != AuditKind.REREAD)
                .filter(each -> each.label().equals(action.subject())).findFirst();
        if (kind.isEmpty()) {
            return Optional.of(UNKNOWN);
        }
        if (kind.get() == AuditKind.SHARE && resources.settings().share().isEmpty()) {
            return Optional.of("NO_SHARE");
        }
        boolean active = resources.companies().directory().active().stream()
                .anyMatch(company -> company.id() == company(action));
        return active ? later(request, action, () -> {
            audits.run(company(action), kind.get());
            return "";
        }) : Optional.of(NOT_ACTIVE);
    }

    /** @param work returns what there is to say about how it ended */
    private Optional<String> later(UUID request, OperatorAction action, Supplier<String> work) {
        // Whoever asks, the same is not done twice at a time.
        OperatorAction same = new OperatorAction("", action.action(), action.company(), action.subject());
        if (!underWay.add(same)) {
            return Optional.of(BUSY);
        }
        try {
            threads.execute(() -> {
                try {
                    log.note(request, action, ActionOutcome.DONE, work.get());
                } catch (RuntimeException fault) {
                    log.note(request, action, ActionOutcome.FAILED, UnexpectedFailure.of(fault).code().name());
                } finally {
                    underWay.remove(same);
                }
            });
            return Optional.empty();
        } catch (RejectedExecutionException full) {
            underWay.remove(same);
            return Optional.of(BUSY);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

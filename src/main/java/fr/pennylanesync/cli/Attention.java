package fr.pennylanesync.cli;

import fr.pennylanesync.company.Refusal;
import fr.pennylanesync.console.ConsoleSources;
import fr.pennylanesync.console.ConsoleSources.HealthQuestions;
import fr.pennylanesync.console.WatchedService;
import fr.pennylanesync.console.WatchedService.Widening;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.postgres.EmbeddedSupervisor;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.report.Warnings;
import fr.pennylanesync.runtime.Remedies;
import fr.pennylanesync.runtime.SyncService;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.TokenDirectory;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Collects what somebody should look at: the same for the console of a {@code run} and for commands, which see what the
 * warehouse and their own machine tell.
 */
final class Attention {

    private static final Duration RESTART_TOLD_FOR = Duration.ofHours(1);

    private final Settings settings;
    private final Warehouse warehouse;
    private final Tables tables;

    Attention(Settings settings, Warehouse warehouse, Tables tables) {
        this.settings = settings;
        this.warehouse = warehouse;
        this.tables = tables;
    }

    /**
     * Holds what a process that works by itself can be asked.
     *
     * @param refusals the token files that are not used
     * @param schedule why no company's sync begins any more, if so
     */
    record Running(Supplier<StreamCatalog> catalog, HealthQuestions questions, Supplier<ReloadState> reload,
            Supplier<List<Refusal>> refusals, Supplier<Optional<ErrorCode>> schedule) {}

    /** Returns what the console looks at while a service runs. */
    ConsoleSources sources(SyncService service) {
        HealthQuestions questions = new HealthQuestions(warehouse::check, () -> service.progress().requireWork(),
                () -> service.archive().bucket().check(),
                () -> warehouse.embedded().ifPresent(EmbeddedSupervisor::requireHope));
        List<Widening> widenings = AllowList.of(settings.routes().allow()).additions().stream()
                .map(added -> new Widening(added.section(), added.entry(), added.why())).toList();
        return sources(new Running(service::catalog, questions, service::reload, service::refusals,
                service::scheduleFault),
                new WatchedService(service::routeFiles, widenings, service::tokenExpiry, service::utilisation,
                        Remedies::of, Optional.of(service.operations())));
    }

    ConsoleSources sources(Running running) {
        return sources(running, WatchedService.NONE);
    }

    private ConsoleSources sources(Running running, WatchedService service) {
        return new ConsoleSources(warehouse.jdbc(), tables.states(), running.catalog(), running.questions(),
                running.reload(), () -> of(running),
                Warnings.staleAfter(settings.sync().interval()), service);
    }

    /** Returns everything that a command can see. */
    List<Warning> all(StreamCatalog catalog) {
        List<Warning> all = new ArrayList<>(readOnly());
        Warnings.ofServices(warehouse.jdbc()).ifPresent(all::add);
        all.addAll(Warnings.ofAudits(warehouse.jdbc()));
        AnchorStatus.read(warehouse.jdbc()).warning(Instant.now()).ifPresent(all::add);
        all.addAll(local(List.of()));
        all.addAll(Warnings.of(Overview.read(warehouse.jdbc(), catalog),
                tables.reloads().all().stream().map(NodeReload::state).toList(), catalog,
                Warnings.staleAfter(settings.sync().interval()), Instant.now()));
        return all;
    }

    private List<Warning> readOnly() {
        try {
            warehouse.check();
            return List.of();
        } catch (SyncException unusable) {
            return List.of(new Warning(unusable.code().name(), "warehouse", Optional.empty(), unusable.remedy()));
        }
    }

    private List<Warning> of(Running running) {
        List<Warning> all = new ArrayList<>(local(running.refusals().get()));
        running.schedule().get().ifPresent(
                fault -> all.add(new Warning(fault.name(), fault.meaning(), Optional.empty(), fault.remedy())));
        return all;
    }

    private List<Warning> local(List<Refusal> refusals) {
        List<Warning> local = new ArrayList<>();
        tokenDirectory(settings).ifPresent(local::add);
        refusals.stream().filter(refusal -> refusal.companyId().isEmpty())
                .forEach(refusal -> local.add(new Warning(WarningCode.TOKEN_FILE_REFUSED.name(),
                        refusal.alias() + " " + refusal.code(), Optional.empty(), refusal.remedy())));
        if (Logs.isFileUnwritable()) {
            local.add(Warning.of(WarningCode.LOG_FILE_UNWRITABLE, "logging.file", Optional.empty()));
        }
        warehouse.embedded().map(EmbeddedSupervisor::restarts)
                .filter(restarts -> restarts.lastAt().filter(Attention::isRecent).isPresent())
                .ifPresent(restarts -> local.add(Warning.of(WarningCode.EMBEDDED_RESTARTED,
                        "times: " + restarts.count(), restarts.lastAt())));
        return local;
    }

    private static boolean isRecent(Instant restart) {
        return restart.plus(RESTART_TOLD_FOR).isAfter(Instant.now());
    }

    private static Optional<Warning> tokenDirectory(Settings settings) {
        return TokenDirectory.faultOf(settings.pennylane().tokens().directory()).map(Attention::unusable);
    }

    private static Warning unusable(ErrorCode fault) {
        return new Warning(WarningCode.TOKEN_DIRECTORY_UNUSABLE.name(), fault.name(), Optional.empty(),
                fault.remedy());
    }
}

package fr.pennylanesync.cli;

import fr.pennylanesync.company.Refusal;
import fr.pennylanesync.console.ConsoleSources;
import fr.pennylanesync.console.ConsoleSources.HealthQuestions;
import fr.pennylanesync.console.WatchedService;
import fr.pennylanesync.console.WatchedService.Widening;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.postgres.EmbeddedSupervisor;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.Warnings;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.runtime.NodeWarnings;
import fr.pennylanesync.runtime.Remedies;
import fr.pennylanesync.runtime.SyncService;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.Warehouse;
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
                        Remedies::of, Optional.of(service.operations()), budget(settings)));
    }

    /** Returns how fast a company may be read. */
    static WorkLeft.Budget budget(Settings settings) {
        return WorkLeft.Budget.of(settings.pennylane().rate().perSecond(), settings.sync().proofs());
    }

    ConsoleSources sources(Running running) {
        return sources(running, WatchedService.NONE);
    }

    private ConsoleSources sources(Running running, WatchedService service) {
        return new ConsoleSources(warehouse.jdbc(), tables.states(), running.catalog(), running.questions(),
                running.reload(), () -> of(running),
                Warnings.staleAfter(settings.sync().interval()), settings.share().isPresent(), service);
    }

    /** Returns everything that a command can see. */
    List<Warning> all(StreamCatalog catalog) {
        List<Warning> all = new ArrayList<>(readOnly());
        Warnings.ofServices(warehouse.jdbc()).ifPresent(all::add);
        all.addAll(Warnings.ofAudits(warehouse.jdbc(), catalog, settings.share().isPresent()));
        AnchorStatus.read(warehouse.jdbc()).warning(Instant.now()).ifPresent(all::add);
        all.addAll(NodeWarnings.of(settings, warehouse, List.of(), Optional.empty()));
        all.addAll(Warnings.of(Overview.read(warehouse.jdbc(), catalog),
                tables.reloads().all().stream().map(NodeReload::state).toList(), catalog,
                Warnings.staleAfter(settings.sync().interval()), Instant.now()));
        return all.stream().map(warning -> warning.remediedBy(Remedies::of)).toList();
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
        return NodeWarnings.of(settings, warehouse, running.refusals().get(), running.schedule().get());
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.alarm.AlarmCondition;
import fr.pennylanesync.alarm.Alarms;
import fr.pennylanesync.audit.AuditKind;
import fr.pennylanesync.audit.AuditRuns;
import fr.pennylanesync.camel.AlarmSteps;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.Warning.Concern;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.report.Warnings;
import fr.pennylanesync.schedule.AuditMoments;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.ExpiryNotice;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives the job {@code check-alarms} what health and {@code status} say, so that there is one truth of what is wrong.
 */
final class ScheduledAlarms {

    /** Audits of a moment may take that long. */
    private static final Duration AUDITED_WITHIN = Duration.ofHours(12);

    private final RuntimeResources resources;
    private final Supplier<Optional<ErrorCode>> schedule;
    private final Alarms alarms;
    private final AlarmSteps steps;
    private final AuditRuns audits;
    private final AuditMoments moments;
    private volatile Optional<SyncEngine> engine = Optional.empty();

    /** @param schedule why no company's sync begins any more, if so */
    ScheduledAlarms(RuntimeResources resources, Supplier<Optional<ErrorCode>> schedule) {
        this.resources = resources;
        this.schedule = schedule;
        this.audits = new AuditRuns(jdbc());
        this.moments = new AuditMoments(resources.settings().audit().cron());
        this.alarms = new Alarms(jdbc(),
                new Alarms.AlarmSources(resources.node(), this::here, this::everywhere, this::isRead,
                        staleAfter()));
        this.steps = new AlarmSteps(alarms, () -> engine.isPresent() && !resources.outages().isAway(Part.WAREHOUSE));
    }

    AlarmSteps steps() {
        return steps;
    }

    /** @param started whose streams are looked at from now on */
    void serve(SyncEngine started) {
        engine = Optional.of(started);
    }

    /** @param stalled whether no company's sync begins any more */
    void measure(MeterRegistry meters, BooleanSupplier stalled) {
        Gauge.builder("pennylane_sync_alarms_open", alarms, Alarms::open)
                .description("Alarms that have started and not ended, of all nodes together").register(meters);
        Gauge.builder("pennylane_sync_schedule_stalled", stalled, it -> it.getAsBoolean() ? 1 : 0)
                .description("1 while no company's sync begins although it should").register(meters);
    }

    private JdbcClient jdbc() {
        return resources.warehouse().jdbc();
    }

    private boolean isRead(AlarmCondition condition) {
        StreamCatalog catalog = engine.orElseThrow().catalog();
        boolean isSwitchedOff =
                condition.stream().flatMap(catalog::find).filter(stream -> !catalog.isSwitchedOn(stream.name()))
                        .isPresent();
        boolean hasNoSource = condition.part().equals(AuditKind.SHARE.label())
                && resources.settings().share().isEmpty();
        return !isSwitchedOff && !hasNoSource;
    }

    private Duration staleAfter() {
        return Warnings.staleAfter(resources.settings().sync().interval());
    }

    private List<AlarmCondition> here() {
        CompanyDirectory directory = resources.companies().directory();
        List<AlarmCondition> here = new ArrayList<>();
        NodeWarnings.of(resources.settings(), resources.warehouse(), directory.refusals(), schedule.get())
                .forEach(warning -> here.add(AlarmCondition.of(warning)));
        resources.companies().expiries().notices(directory.active())
                .forEach(notice -> here.add(condition(notice)));
        unusable("ARCHIVE_AWAY", () -> resources.archive().bucket().check()).ifPresent(here::add);
        unusable("COMPANIES_STAND_STILL", () -> resources.progress().requireWork()).ifPresent(here::add);
        away(Part.SHARE, "SHARE_AWAY", "the data sharing gives no answer",
                "check share.*; what it alone has waits for it").ifPresent(here::add);
        away(Part.API, "API_AWAY", "Pennylane gives no answer", "wait; syncs go on by themselves").ifPresent(here::add);
        return here;
    }

    private static AlarmCondition condition(ExpiryNotice notice) {
        return AlarmCondition.of(notice.companyId(), notice.code().name(),
                notice.code().meaning() + notice.expiresOn().map(day -> ", last day " + day).orElse(""),
                notice.code().remedy());
    }

    private static Optional<AlarmCondition> unusable(String code, Runnable question) {
        try {
            question.run();
            return Optional.empty();
        } catch (SyncException why) {
            return Optional.of(AlarmCondition.of(code, why.code()));
        }
    }

    private Optional<AlarmCondition> away(Part part, String code, String reason, String remedy) {
        return resources.outages().isAway(part) ? Optional.of(AlarmCondition.of(code, reason, remedy))
                : Optional.empty();
    }

    private List<Warning> everywhere() {
        SyncEngine running = engine.orElseThrow();
        Instant now = Instant.now();
        List<ReloadState> nodes = resources.tables().reloads().all().stream().map(NodeReload::state).toList();
        List<Warning> all = new ArrayList<>(Warnings.of(Overview.read(jdbc(), running.catalog()), nodes,
                running.catalog(), staleAfter(), now));
        Warnings.ofServices(jdbc()).ifPresent(all::add);
        all.addAll(Warnings.ofAudits(jdbc(), running.catalog(), resources.settings().share().isPresent()));
        AnchorStatus.read(jdbc()).warning(now).ifPresent(all::add);
        all.addAll(missedAudits(now));
        return all.stream().map(warning -> warning.remediedBy(Remedies::of)).toList();
    }

    /** A company whose audit is due for long was audited by no node. */
    private List<Warning> missedAudits(Instant now) {
        List<Long> active = resources.companies().directory().active().stream().map(Company::id).toList();
        return audits.planned(active).entrySet().stream()
                .filter(planned -> moments.isDue(planned.getKey(), planned.getValue(), now.minus(AUDITED_WITHIN)))
                .map(planned -> Warning.of(WarningCode.AUDIT_MISSED, "company " + planned.getKey(),
                        Optional.of(planned.getValue()), Concern.of(planned.getKey(), "")))
                .toList();
    }
}

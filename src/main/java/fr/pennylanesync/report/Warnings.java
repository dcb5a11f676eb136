package fr.pennylanesync.report;

import fr.pennylanesync.lease.Services;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.Overview.CompanyOverview;
import fr.pennylanesync.report.Overview.StreamOverview;
import fr.pennylanesync.report.Warning.Concern;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.token.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds in the warehouse what somebody should know although nothing is down: refused tokens and routes, streams that
 * stopped, are stale or were never read to their end, and what was set aside.
 */
public final class Warnings {

    /** A stream that has missed that many syncs is stale; the margin is for long ones. */
    private static final int STALE_INTERVALS = 3;
    private static final Duration STALE_MARGIN = Duration.ofMinutes(10);

    private final StreamCatalog catalog;
    private final Duration staleAfter;
    private final Instant now;
    private final List<Warning> warnings = new ArrayList<>();

    private Warnings(StreamCatalog catalog, Duration staleAfter, Instant now) {
        this.catalog = catalog;
        this.staleAfter = staleAfter;
        this.now = now;
    }

    /** @param interval from one sync of a company to the next */
    public static Duration staleAfter(Duration interval) {
        return interval.multipliedBy(STALE_INTERVALS).plus(STALE_MARGIN);
    }

    /** @param staleAfter a stream that has not come to its end for longer is stale */
    public static List<Warning> of(Overview overview, List<ReloadState> nodes, StreamCatalog catalog,
            Duration staleAfter, Instant now) {
        Warnings found = new Warnings(catalog, staleAfter, now);
        nodes.forEach(node -> node.faults()
                .forEach(fault -> found.add(WarningCode.ROUTES_REFUSED, fault, node.refusedAt(),
                        Concern.of(fault, ""))));
        if (overview.companies().isEmpty()) {
            found.add(WarningCode.NO_COMPANY, "", Optional.empty(), Concern.of("", ""));
        }
        overview.companies().forEach(found::examine);
        return found.warnings.stream().distinct().toList();
    }

    /** Finds out whether several services work on the warehouse that do not know of each other. */
    public static Optional<Warning> ofServices(JdbcClient jdbc) {
        return Services.areInConflict(jdbc) ? Optional.of(new Warning(Services.code(),
                "another run works on this warehouse", Optional.empty(), Services.remedy())) : Optional.empty();
    }

    /**
     * Finds what the newest audits found, and what the changelogs missed lately, of what is read.
     *
     * @param hasShare whether there still is a data sharing to compare with
     */
    public static List<Warning> ofAudits(JdbcClient jdbc, StreamCatalog catalog, boolean hasShare) {
        List<Warning> found = new ArrayList<>(AuditDifference.read(jdbc, catalog, hasShare).stream()
                .filter(difference -> AuditDifference.TOLD_ALONE.contains(difference.kind()))
                .map(AuditDifference::warning).toList());
        found.addAll(jdbc.sql("""
                select 'company ' || c.id || ' (' || c.alias || ') stream ' || m.stream || ', changes: ' || count(*),
                    min(m.found_at), c.id, m.stream, count(*)
                from pennylane_sync.missed m join pennylane_sync.company c on c.id = m.company_id
                where m.found_at > now() - interval '7 days' and c.state <> 'PAUSED' and m.stream = any(?)
                group by c.id, c.alias, m.stream order by c.alias, 1""")
                .param(catalog.switchedOn().toArray(String[]::new))
                .query((row, n) -> Warning.of(WarningCode.CHANGES_MISSED, row.getString(1),
                        Optional.of(row.getTimestamp(2).toInstant()),
                        Concern.of(row.getLong(3), "changes: " + row.getLong(5)).stream(row.getString(4))))
                .list());
        return found;
    }

    private void examine(CompanyOverview company) {
        if (!company.isRead()) {
            return;
        }
        String subject = "company " + company.id() + " (" + company.alias() + ")";
        company.refusal().ifPresent(code -> add(WarningCode.COMPANY_REFUSED, subject + " " + code, company.refusedAt(),
                Concern.of(company.id(), code)));
        Scopes scopes = Scopes.of(company.scopes());
        List<StreamOverview> read = company.streams().stream()
                .filter(stream -> catalog.isRead(stream.name(), scopes::allows)).toList();
        read.forEach(stream -> examineQuarantine(subject, company.id(), stream));
        if (company.books().differing() > 0) {
            String detail = "records: " + company.books().differing();
            add(WarningCode.BOOKS_DIFFER, subject + ", " + detail, company.books().since(),
                    Concern.of(company.id(), detail));
        }
        if (company.isActive()) {
            examineReading(subject, company, read, scopes);
        }
    }

    private void examineReading(String subject, CompanyOverview company, List<StreamOverview> read, Scopes scopes) {
        List<StreamOverview> permitted = read.stream().filter(stream -> isPermitted(stream, scopes)).toList();
        read.forEach(stream -> examine(subject, company.id(), stream, permitted.contains(stream)));
        examineBeginning(subject, company, permitted);
    }

    private void examineQuarantine(String company, long companyId, StreamOverview stream) {
        if (stream.quarantined() > 0) {
            String detail = "entries: " + stream.quarantined();
            add(WarningCode.QUARANTINE_OPEN, company + " stream " + stream.name() + ", " + detail,
                    stream.quarantinedSince(), Concern.of(companyId, detail).stream(stream.name()));
        }
    }

    /** Says that rows are missing because they were never read, which no age of a stream tells. */
    private void examineBeginning(String subject, CompanyOverview company, List<StreamOverview> read) {
        if (read.stream().allMatch(stream -> stream.succeededAt().isEmpty())) {
            add(WarningCode.NOTHING_READ, subject, Optional.of(company.knownSince()), Concern.of(company.id(), ""));
            return;
        }
        List<StreamOverview> beginning = read.stream().filter(stream -> isUnfinished(stream.state())).toList();
        if (!beginning.isEmpty()) {
            Instant since = beginning.stream().flatMap(stream -> stream.historySince().stream())
                    .min(Comparator.naturalOrder()).orElse(company.knownSince());
            String detail = "streams: " + beginning.size() + ", such as " + beginning.get(0).name();
            add(WarningCode.HISTORY_UNFINISHED, subject + " " + detail, Optional.of(since),
                    Concern.of(company.id(), detail));
        }
    }

    private static boolean isUnfinished(StreamState state) {
        return state == StreamState.NEW || state == StreamState.HISTORY || state == StreamState.GAP;
    }

    /** Tells whether the API gives it, which the data sharing need not show. */
    private boolean isPermitted(StreamOverview stream, Scopes scopes) {
        return catalog.find(stream.name()).filter(known -> known.isReadableWith(scopes::allows)).isPresent();
    }

    private void examine(String company, long companyId, StreamOverview stream, boolean isPermitted) {
        String subject = company + " stream " + stream.name();
        if (stream.error().isPresent()) {
            add(WarningCode.STREAM_STOPPED, subject + " " + stream.error().get(), stream.errorSince(),
                    Concern.of(companyId, stream.error().get()).stream(stream.name()));
        } else if (isPermitted && isStale(stream)) {
            add(WarningCode.STREAM_STALE, subject, stream.succeededAt(),
                    Concern.of(companyId, "").stream(stream.name()));
        }
    }

    private boolean isStale(StreamOverview stream) {
        return stream.succeededAt().filter(at -> at.plus(staleAfter).isBefore(now)).isPresent();
    }

    private void add(WarningCode code, String subject, Optional<Instant> since, Concern concern) {
        warnings.add(Warning.of(code, subject, since, concern));
    }
}

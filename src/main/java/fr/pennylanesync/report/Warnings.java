package fr.pennylanesync.report;

import fr.pennylanesync.lease.Services;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.Overview.CompanyOverview;
import fr.pennylanesync.report.Overview.StreamOverview;
import fr.pennylanesync.report.Warning.Concern;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
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

    /** Finds what the newest audits found, and what the changelogs missed lately. */
    public static List<Warning> ofAudits(JdbcClient jdbc) {
        List<Warning> found = new ArrayList<>(jdbc.sql("""
                select 'company ' || c.id || ' (' || c.alias || ') ' || a.kind || ' ' || a.stream || ', parts: '
                    || count(*), min(a.audited_at), c.id, a.stream, a.kind, count(*)
                from pennylane_sync.company c
                cross join (values ('share'), ('trial-balance'), ('fec')) k(kind)
                join lateral (select distinct on (stream) stream, kind, audited_at from pennylane_sync.audit
                    where company_id = c.id and kind = k.kind order by stream, audited_at desc) newest on true
                join pennylane_sync.audit a on a.company_id = c.id and a.kind = newest.kind
                    and a.stream = newest.stream and a.audited_at = newest.audited_at
                where a.outcome = 'DIFFERENT' group by c.id, c.alias, a.kind, a.stream order by c.alias, 1""")
                .query((row, n) -> Warning.of(WarningCode.AUDIT_DIFFERS, row.getString(1),
                        Optional.of(row.getTimestamp(2).toInstant()),
                        Concern.of(row.getLong(3), row.getString(5) + ", parts: " + row.getLong(6))
                                .stream(row.getString(4)).part(row.getString(5))))
                .list());
        found.addAll(jdbc.sql("""
                select 'company ' || c.id || ' (' || c.alias || ') stream ' || m.stream || ', changes: ' || count(*),
                    min(m.found_at), c.id, m.stream, count(*)
                from pennylane_sync.missed m join pennylane_sync.company c on c.id = m.company_id
                where m.found_at > now() - interval '7 days' group by c.id, c.alias, m.stream order by c.alias, 1""")
                .query((row, n) -> Warning.of(WarningCode.CHANGES_MISSED, row.getString(1),
                        Optional.of(row.getTimestamp(2).toInstant()),
                        Concern.of(row.getLong(3), "changes: " + row.getLong(5)).stream(row.getString(4))))
                .list());
        return found;
    }

    private void examine(CompanyOverview company) {
        String subject = "company " + company.id() + " (" + company.alias() + ")";
        company.refusal().ifPresent(code -> add(WarningCode.COMPANY_REFUSED, subject + " " + code, company.refusedAt(),
                Concern.of(company.id(), code)));
        company.streams().forEach(stream -> examineQuarantine(subject, company.id(), stream));
        if (company.books().differing() > 0) {
            String detail = "records: " + company.books().differing();
            add(WarningCode.BOOKS_DIFFER, subject + ", " + detail, company.books().since(),
                    Concern.of(company.id(), detail));
        }
        if (company.isActive()) {
            Scopes scopes = Scopes.of(company.scopes());
            List<StreamOverview> read =
                    company.streams().stream().filter(stream -> isRead(stream, scopes)).toList();
            read.forEach(stream -> examine(subject, company.id(), stream));
            examineBeginning(subject, company, read);
        }
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

    private boolean isRead(StreamOverview stream, Scopes scopes) {
        Optional<StreamDefinition> definition = catalog.find(stream.name()).filter(StreamDefinition::enabled);
        return definition.isPresent() && definition.get().isReadableWith(scopes::allows);
    }

    private void examine(String company, long companyId, StreamOverview stream) {
        String subject = company + " stream " + stream.name();
        if (stream.error().isPresent()) {
            add(WarningCode.STREAM_STOPPED, subject + " " + stream.error().get(), stream.errorSince(),
                    Concern.of(companyId, stream.error().get()).stream(stream.name()));
        } else if (isStale(stream)) {
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

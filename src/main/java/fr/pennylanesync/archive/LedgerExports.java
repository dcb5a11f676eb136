package fr.pennylanesync.archive;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.landing.state.LedgerExportKind;
import fr.pennylanesync.landing.state.StoredInstant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows which exports of the ledger are due: of each closed fiscal year, and of each month of an open one that has
 * ended, one for each state of the books. The state is a hash of the period's ledger lines, their accounts and
 * journals, as they are here: where it is the same as that of the last export nothing is asked for. The exports are
 * filed in {@code pennylane_sync.file} like documents, so that the same proofs hold for them.
 */
public final class LedgerExports {

    private static final Set<String> BOOKS =
            Set.of("fiscal_years", "journals", "ledger_accounts", "ledger_entry_lines");
    /** The months of an open year change daily: a week of it is one export. */
    private static final Duration MONTH_PAUSE = Duration.ofDays(7);
    private static final Duration YEAR_PAUSE = Duration.ofDays(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofHours(6);

    private static final String OF_EXPORT = "company_id = :company and kind = :kind and first_day = :first"
            + " and last_day = :last";

    /**
     * A period of the books.
     *
     * @param pause between one export of it and the next
     */
    private record Span(DatePeriod period, Duration pause) {}

    private record ExportKey(LedgerExportKind kind, DatePeriod period) {}

    /**
     * One period's exports, as far as they are known.
     *
     * @param books of the last export; where there was none, as they were when one was asked for or they were empty
     * @param change the newest batch by which the books were found as they are in the archive
     */
    private record Last(Sha256 books, long change, Optional<Instant> archivedAt, Optional<Instant> askedAt) {

        private boolean isOf(Sha256 now) {
            return archivedAt.isPresent() && books.equals(now);
        }

        /** Tells whether it is too early for another: the last one is young, or failed lately. */
        private boolean isTooEarly(Instant now, Duration pause) {
            boolean young = archivedAt.filter(at -> at.plus(pause).isAfter(now)).isPresent();
            boolean failed = askedAt.filter(at -> archivedAt.filter(done -> !done.isBefore(at)).isEmpty()).isPresent();
            return young || failed && askedAt.orElseThrow().plus(PAUSE_AFTER_FAILURE).isAfter(now);
        }
    }

    /** The exports of a company that may be due: the books have changed since, or may have. */
    private record Candidates(long change, Map<ExportKey, Last> last, List<ExportKey> keys) {

        private static final Candidates NONE = new Candidates(0, Map.of(), List.of());
    }

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Set<LedgerExportKind> kinds;
    private final String prefix;

    /**
     * @param kinds that are kept
     * @param prefix of the archive's keys
     */
    public LedgerExports(JdbcClient jdbc, Clock clock, Collection<LedgerExportKind> kinds, String prefix) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.kinds = kinds.isEmpty() ? Set.of() : EnumSet.copyOf(kinds);
        this.prefix = prefix;
    }

    /** Tells, without a look at the books themselves, whether an export of a company may be due. */
    public boolean mayBeDue(long companyId) {
        return !candidates(companyId).keys().isEmpty();
    }

    /** Lists the exports of a company that are due; none while its books are not complete here. */
    public List<LedgerExport> due(long companyId) {
        Candidates candidates = candidates(companyId);
        Map<DatePeriod, Sha256> states = states(companyId,
                candidates.keys().stream().map(ExportKey::period).distinct().toList());
        List<LedgerExport> due = new ArrayList<>();
        for (ExportKey key : candidates.keys()) {
            Optional<Sha256> books = Optional.ofNullable(states.get(key.period()));
            Optional<Last> last = Optional.ofNullable(candidates.last().get(key));
            LedgerExport export = new LedgerExport(companyId, key.kind(), key.period(), books.orElse(Sha256.ZERO),
                    candidates.change());
            boolean neverFilled = books.isEmpty() && last.filter(before -> before.archivedAt().isPresent()).isEmpty();
            if (neverFilled || last.filter(before -> before.isOf(export.books())).isPresent()) {
                unchanged(export);
            } else {
                due.add(export);
            }
        }
        return due;
    }

    private Candidates candidates(long companyId) {
        List<LedgerExportKind> permitted = permitted(companyId);
        if (permitted.isEmpty() || !areComplete(companyId)) {
            return Candidates.NONE;
        }
        long change = newestChange(companyId);
        Map<ExportKey, Last> last = last(companyId);
        Instant now = clock.instant();
        List<ExportKey> keys = new ArrayList<>();
        for (Span span : spans(companyId)) {
            permitted.stream().map(kind -> new ExportKey(kind, span.period()))
                    .filter(key -> Optional.ofNullable(last.get(key))
                            .filter(before -> before.change() == change || before.isTooEarly(now, span.pause()))
                            .isEmpty())
                    .forEach(keys::add);
        }
        return new Candidates(change, last, keys);
    }

    private List<LedgerExportKind> permitted(long companyId) {
        List<String> scopes = jdbc.sql("select unnest(scopes) from pennylane_sync.company where id = ?")
                .param(companyId).query(String.class).list();
        return kinds.stream().filter(kind -> scopes.stream()
                .anyMatch(scope -> scope.equals(kind.scope()) || scope.startsWith(kind.scope() + ":"))).toList();
    }

    private boolean areComplete(long companyId) {
        return jdbc.sql("""
                select (select count(*) from pennylane_sync.stream_state where company_id = :company
                    and stream = any(:books::text[]) and state = 'LIVE') = cardinality(:books::text[])
                    and not exists (select 1 from pennylane_sync.due where company_id = :company
                        and stream = any(:books::text[]))""")
                .param("company", companyId).param("books", BOOKS.toArray(String[]::new)).query(Boolean.class)
                .single();
    }

    private long newestChange(long companyId) {
        return jdbc.sql("""
                select coalesce(max(id), 0) from pennylane_sync.batch where company_id = ? and stream = any(?::text[])
                    and (changed_count > 0 or cardinality(deleted_ids) > 0)""")
                .params(companyId, BOOKS.toArray(String[]::new)).query(Long.class).single();
    }

    /** Closed years, and of the others the months that have ended. */
    private List<Span> spans(long companyId) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<Span> spans = new ArrayList<>();
        jdbc.sql("select start, finish, coalesce(status in ('closed', 'frozen'), false) from pennylane.fiscal_years"
                + " where company_id = ? and deleted_at is null and start <= finish order by start")
                .param(companyId).query(row -> {
                    DatePeriod year = new DatePeriod(row.getObject(1, LocalDate.class),
                            row.getObject(2, LocalDate.class));
                    if (row.getBoolean(3)) {
                        spans.add(new Span(year, YEAR_PAUSE));
                    } else {
                        year.months().stream().filter(month -> month.last().isBefore(today))
                                .forEach(month -> spans.add(new Span(month, MONTH_PAUSE)));
                    }
                });
        return spans;
    }

    /** Returns the state of the books in each period, by one look at the lines; none where there is no line. */
    private Map<DatePeriod, Sha256> states(long companyId, List<DatePeriod> periods) {
        Map<DatePeriod, Sha256> states = new HashMap<>();
        if (periods.isEmpty()) {
            return states;
        }
        jdbc.sql("""
                select p.first, p.last, sha256(string_agg(l.record_hash || coalesce(a.record_hash, '')
                    || coalesce(j.record_hash, ''), ''::bytea order by l.id))
                from unnest(:firsts::date[], :lasts::date[]) p(first, last)
                join pennylane.ledger_entry_lines l on l.company_id = :company and l.deleted_at is null
                    and l.date between p.first and p.last
                left join pennylane.ledger_accounts a on a.company_id = l.company_id and a.id = l.ledger_account_id
                left join pennylane.journals j on j.company_id = l.company_id and j.id = l.journal_id
                group by p.first, p.last""")
                .param("company", companyId)
                .param("firsts", periods.stream().map(period -> period.first().toString()).toArray(String[]::new))
                .param("lasts", periods.stream().map(period -> period.last().toString()).toArray(String[]::new))
                .query(row -> {
                    states.put(period(row, 1), Sha256.stored(row.getBytes(3)));
                });
        return states;
    }

    private Map<ExportKey, Last> last(long companyId) {
        Map<ExportKey, Last> last = new HashMap<>();
        jdbc.sql("select first_day, last_day, kind, books_hash, change_id, archived_at, asked_at"
                + " from pennylane_sync.ledger_export where company_id = ?").param(companyId).query(row -> {
                    Optional<LedgerExportKind> kind = LedgerExportKind.of(row.getString(3));
                    if (kind.isPresent()) {
                        last.put(new ExportKey(kind.get(), period(row, 1)), last(row));
                    }
                });
        return last;
    }

    private static Last last(ResultSet row) throws SQLException {
        return new Last(Sha256.stored(row.getBytes(4)), row.getLong(5), StoredInstant.of(row, 6),
                StoredInstant.of(row, 7));
    }

    private static DatePeriod period(ResultSet row, int column) throws SQLException {
        return new DatePeriod(row.getObject(column, LocalDate.class), row.getObject(column + 1, LocalDate.class));
    }

    /** Notes that the archive has what there is of the books: they are looked at again once they change. */
    private void unchanged(LedgerExport export) {
        of("""
                insert into pennylane_sync.ledger_export (company_id, kind, first_day, last_day, books_hash, change_id)
                values (:company, :kind, :first, :last, :books, :change)
                on conflict (company_id, kind, first_day, last_day) do update set change_id = excluded.change_id""",
                export).param("books", export.books().bytes()).param("change", export.change()).update();
    }

    /** Notes that an export is asked for: one that fails is not asked for again at once. */
    public void asked(LedgerExport export) {
        of("""
                insert into pennylane_sync.ledger_export (company_id, kind, first_day, last_day, books_hash, change_id,
                    asked_at) values (:company, :kind, :first, :last, :books, 0, :now)
                on conflict (company_id, kind, first_day, last_day) do update set asked_at = excluded.asked_at""",
                export).param("books", export.books().bytes()).param("now", now()).update();
    }

    /** Makes of an export that is ready a file to be fetched. */
    public FileTask file(LedgerExport export) {
        FileKey key = export.key();
        String name = export.kind().fileName();
        PendingFile pending = jdbc.sql("""
                insert into pennylane_sync.file (company_id, stream, parent_id, record_id, field, file_name, state,
                    batch_id, turn) values (?, ?, 0, ?, ?, ?, 'PENDING', ?, ?)
                on conflict (company_id, stream, parent_id, record_id, field) where state <> 'ARCHIVED'
                do update set state = 'PENDING', batch_id = excluded.batch_id, noted_at = now()
                returning id, attempts""")
                .params(key.companyId(), key.stream(), key.recordId(), key.field(), name, export.change(),
                        export.period().last())
                .query((row, n) -> new PendingFile(row.getLong(1), key, export.change(), Optional.of(name),
                        row.getInt(2)))
                .single();
        return export.task(pending, prefix);
    }

    /**
     * Notes of which state of the books the archive has an export now; one whose file did not come is asked for again
     * later.
     *
     * @throws Exception what broke the archiving off
     */
    public void ended(LedgerExport export, FileTask file) throws Exception {
        export.files().requireWhole();
        if (file.isFetched()) {
            of("update pennylane_sync.ledger_export set books_hash = :books, change_id = :change, archived_at = :now,"
                    + " asked_at = :now where " + OF_EXPORT, export).param("books", export.books().bytes())
                    .param("change", export.change()).param("now", now()).update();
        }
    }

    private JdbcClient.StatementSpec of(String sql, LedgerExport export) {
        return jdbc.sql(sql).param("company", export.companyId()).param("kind", export.kind().label())
                .param("first", export.period().first()).param("last", export.period().last());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

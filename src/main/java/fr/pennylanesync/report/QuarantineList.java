package fr.pennylanesync.report;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the quarantine, for people and for whoever tries again. */
public final class QuarantineList {

    private static final String ENTRIES = """
            select q.id, q.company_id, c.alias, q.stream, q.kind, q.parent_id, q.record_id, q.subject, q.reason,
                q.first_seen_at, q.last_seen_at, q.resolved_at, q.resolution
            from (
                select id, company_id, stream, kind, parent_id, record_id, subject, reason, first_seen_at,
                    last_seen_at, resolved_at, resolution, false as past from pennylane_sync.quarantine
                union all select quarantine_id, company_id, stream, kind, parent_id, record_id, subject, reason,
                    first_seen_at, last_seen_at, resolved_at, resolution, true from pennylane_sync.quarantine_past) q
            left join pennylane_sync.company c on c.id = q.company_id
            """;

    private final JdbcClient jdbc;
    private final StreamCatalog catalog;

    public QuarantineList(JdbcClient jdbc, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /**
     * The entries, newest last.
     *
     * @param company alias or id; empty: every one
     * @param alsoResolved whether those that are over are listed too
     */
    public List<QuarantineEntry> entries(Optional<String> company, boolean alsoResolved) {
        return jdbc.sql(ENTRIES + """
                where (:company::text is null or c.alias = :company or q.company_id::text = :company)
                  and (:resolved or q.resolved_at is null) order by q.id, q.last_seen_at""")
                .param("company", company.orElse(null)).param("resolved", alsoResolved).query(QuarantineList::entry)
                .list();
    }

    /** Returns open entries of one company, newest first. */
    public List<QuarantineEntry> open(long companyId, int limit) {
        return jdbc.sql(ENTRIES + "where q.company_id = ? and q.resolved_at is null order by q.id desc limit ?")
                .params(companyId, limit).query(QuarantineList::entry).list();
    }

    /** One entry, with the form of what was received and the hash of the row that it is about. */
    public Optional<QuarantineEntry> find(long id) {
        return jdbc.sql(ENTRIES + "where q.id = ? and not q.past").param(id).query(QuarantineList::entry).optional()
                .map(entry -> entry.with(received(entry).map(MaskedText::of), catalog.find(entry.stream())
                        .flatMap(stream -> ofRow("encode(record_hash, 'hex')", stream, entry))));
    }

    /** Returns what was kept of the item; of a value that does not fit its column the payload has it. */
    private Optional<String> received(QuarantineEntry entry) {
        if (entry.kind() == QuarantineKind.COLUMN) {
            return catalog.find(entry.stream()).flatMap(stream -> stream.columns().stream()
                    .filter(column -> column.name().equals(entry.subject())).findFirst()
                    .flatMap(column -> ofRow("(payload #> '{" + String.join(",", column.path()) + "}')::text", stream,
                            entry)));
        }
        return jdbc.sql("select raw from pennylane_sync.quarantine where id = ? and raw is not null").param(entry.id())
                .query(String.class).optional();
    }

    private Optional<String> ofRow(String expression, StreamDefinition stream, QuarantineEntry entry) {
        boolean hasTable = jdbc.sql("select to_regclass(?) is not null").param(StreamTables.table(stream))
                .query(Boolean.class).single();
        return hasTable ? jdbc.sql("select coalesce(" + expression + ", '') from " + StreamTables.table(stream)
                + " where company_id = ? and id = ? and " + stream.parentColumn().map(StreamTables::quoted).orElse("0")
                + " = ?")
                .params(entry.companyId(), entry.recordId(), entry.parentId()).query(String.class).optional()
                : Optional.empty();
    }

    private static QuarantineEntry entry(ResultSet row, int number) throws SQLException {
        return new QuarantineEntry(row.getLong("id"), row.getLong("company_id"),
                Optional.ofNullable(row.getString("alias")),
                row.getString("stream"), QuarantineKind.valueOf(row.getString("kind")), row.getLong("parent_id"),
                row.getLong("record_id"),
                row.getString("subject"), row.getString("reason"), row.getTimestamp("first_seen_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("resolved_at")).map(at -> at.toInstant()),
                Optional.ofNullable(row.getString("resolution")), Optional.empty(), Optional.empty());
    }
}

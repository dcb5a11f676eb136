package fr.pennylanesync.runtime;

import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes payloads say what edited columns say, and the facts of rows and versions what their batches say. */
final class FactForger {

    private final JdbcClient jdbc;
    private final StreamDefinition stream;
    private final long company;
    private final String table;
    private final String sameRecord;

    FactForger(JdbcClient jdbc, StreamDefinition stream, long company) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.company = company;
        this.table = "pennylane." + stream.name();
        this.sameRecord = " v.company_id = t.company_id and v.stream = '" + stream.name() + "' and v.id = t.id"
                + stream.parentColumn().map(parent -> " and v.parent_id = t.\"" + parent + "\"").orElse("");
    }

    void payloads() {
        stream.columns().stream().filter(column -> column.type() != ColumnType.JSONB).forEach(this::payload);
    }

    private void payload(Column column) {
        String path = "'{" + String.join(",", column.path()) + "}'";
        String name = "\"" + column.name() + "\"";
        String said = "(payload #>> " + path + ")::" + column.type().sql();
        String value = switch (column.type()) {
            case NUMERIC -> "to_jsonb(" + name + "::text)";
            case TIMESTAMPTZ -> "to_jsonb(to_char(" + name
                    + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))";
            default -> "to_jsonb(" + name + ")";
        };
        jdbc.sql("update " + table + " set payload = jsonb_set(payload, " + path + ", coalesce(" + value
                + ", 'null')) where company_id = ? and source = 'api' and " + said + " is distinct from " + name)
                .param(company).update();
    }

    void times() {
        String source = "case when b.pass = '" + PassKind.HISTORY.label() + "' then 'share' else 'api' end";
        jdbc.sql("update " + table + " t set changed_at = b.landed_at, source = " + source
                + ", deleted_at = case when t.deleted_at is null then null else b.landed_at end"
                + " from pennylane_sync.batch b where t.company_id = ? and b.id = t.batch_id").param(company).update();
        jdbc.sql("update " + table + " t set first_seen_at = b.landed_at from pennylane_sync.batch b"
                + " where t.company_id = ? and b.id = least(t.batch_id, (select min(v.batch_id)"
                + " from pennylane_sync.record_version v where" + sameRecord + "))").param(company).update();
        jdbc.sql("update pennylane_sync.record_version v set replaced_by_batch_id = n.next from ("
                + "select v.ctid as at, coalesce(lead(v.batch_id) over (partition by v.parent_id, v.id"
                + " order by v.batch_id), t.batch_id) as next from pennylane_sync.record_version v join " + table
                + " t on" + sameRecord + ") n where v.ctid = n.at and v.replaced_by_batch_id <> n.next").update();
        jdbc.sql("update pennylane_sync.record_version v set changed_at = b.landed_at, source = " + source
                + ", replaced_at = u.landed_at from pennylane_sync.batch b, pennylane_sync.batch u"
                + " where v.company_id = ? and v.stream = ? and b.id = v.batch_id and u.id = v.replaced_by_batch_id")
                .params(company, stream.name()).update();
    }
}

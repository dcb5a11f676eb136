package fr.pennylanesync.landing.table;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.record.StorableText;
import fr.pennylanesync.share.CanonicalField;
import fr.pennylanesync.share.CanonicalField.NumberForm;
import fr.pennylanesync.share.Partition;
import fr.pennylanesync.share.RowDigest;
import fr.pennylanesync.share.ShareSql;
import fr.pennylanesync.share.TableShape;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareTable;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The warehouse's side of a comparison with the data sharing: the same digests, by the same SQL, over the columns of a
 * stream's table.
 */
public final class TableDigests {

    /**
     * A row as far as a comparison goes.
     *
     * @param hash over the fields that share and API both have
     * @param settled whether it must be as the share has it: it changed longer ago than the share lags behind
     * @param archived which the share leaves out
     * @param ofApi whether it is the API's version of the record
     */
    public record Row(long hash, boolean settled, boolean deleted, boolean archived, boolean ofApi) {}

    private final JdbcClient jdbc;
    private final StreamDefinition stream;
    private final ShareTable table;
    private final Map<String, CanonicalField> fields = new LinkedHashMap<>();
    private final List<CanonicalField> payload = new ArrayList<>();

    public TableDigests(JdbcClient jdbc, StreamDefinition stream, TableShape shape) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.table = shape.table();
        shape.comparable().forEach(
                (name, field) -> fields.put(name, CanonicalField.of(expression(name, field.type()), field.type())));
        shape.fields().forEach((name, field) -> payload.add(inPayload(name, field)));
    }

    private static String expression(String column, ColumnType type) {
        return type == ColumnType.TIMESTAMPTZ ? "(\"" + column + "\" at time zone 'UTC')" : "\"" + column + "\"";
    }

    /** Digests of the rows that are not deleted, by month. */
    public Map<String, RowDigest> byMonth(long companyId) {
        Map<String, RowDigest> digests = new HashMap<>();
        jdbc.sql(local(
                ShareSql.digests(rows(companyId) + " and deleted_at is null", period(), identity(), fields.values())))
                .query(row -> {
                    digests.put(row.getString(1), RowDigest.read(row, 2));
                });
        return digests;
    }

    /** Counts how many rows that are not deleted are of each month. */
    public Map<String, Long> countByMonth(long companyId) {
        Map<String, Long> counts = new HashMap<>();
        jdbc.sql(ShareSql.counts(rows(companyId) + " and deleted_at is null", period())).query(row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }

    /** The payloads of rows, by id. */
    public Map<Long, JsonNode> payloads(long companyId, List<Long> ids) {
        Map<Long, JsonNode> payloads = new HashMap<>();
        jdbc.sql("select id, payload::text from " + rows(companyId) + " and id = any(?::bigint[])")
                .param(ids.toArray(Long[]::new)).query(row -> {
                    payloads.put(row.getLong(1), StorableJson.read(row.getString(2)));
                });
        return payloads;
    }

    /** Each row of a part by id, deleted ones too. */
    public Map<Long, Row> rows(long companyId, Partition part, Duration lag) {
        String recently = " >= now() - interval '" + lag.toSeconds() + " seconds'";
        // A row of the share is older than the lag by nature; one of the API may be news to the share.
        String facts =
                "(source = 'share' or coalesce(" + (has("updated_at") ? "updated_at, " : "") + "changed_at)" + recently
                        + " is not true) and deleted_at" + recently + " is not true, deleted_at is not null, "
                        + (has("archived_at") ? "archived_at is not null" : "false") + ", source = 'api', id";
        Map<Long, Row> rows = new HashMap<>();
        jdbc.sql(local(ShareSql.hashes(rows(companyId) + within(part), facts, identity(), fields.values())))
                .query(row -> {
                    rows.put(row.getLong(5),
                            new Row(row.getLong(6), row.getBoolean(1), row.getBoolean(2), row.getBoolean(3),
                                    row.getBoolean(4)));
                });
        return rows;
    }

    /** Ids of the rows of a part that are not deleted and that no batch of a reading held. */
    public List<Long> unseen(Partition part, Checkpoint reading) {
        String prefix = ((Position.Reading) reading.position()).prefix();
        return jdbc.sql("select id from pennylane.\"" + stream.name()
                + "\" where company_id = :company and deleted_at is null" + within(part)
                + " except select unnest(record_ids) from pennylane_sync.batch where company_id = :company "
                + "and stream = :stream"
                + " and pass = :pass and run = :run and starts_with(batch_key, :prefix) order by 1")
                .param("company", reading.companyId()).param("stream", stream.name())
                .param("pass", reading.pass().label())
                .param("run", reading.run()).param("prefix", prefix).query(Long.class).list();
    }

    private boolean has(String column) {
        return stream.column(column).isPresent();
    }

    private String rows(long companyId) {
        return "pennylane.\"" + stream.name() + "\" where company_id = " + companyId;
    }

    private String within(Partition part) {
        Optional<String> period = periodColumn();
        if (period.isEmpty()) {
            return "";
        }
        return " and " + part.condition("\"" + period.get() + "\"");
    }

    private Optional<String> periodColumn() {
        return table.period().flatMap(table::column).flatMap(column -> column.fills());
    }

    private Optional<CanonicalField> period() {
        return periodColumn().map(fields::get);
    }

    /** Rows without an id of their own have a number here that the share does not know. */
    private Optional<CanonicalField> identity() {
        return table.hasId() ? Optional.of(CanonicalField.of("id", ColumnType.BIGINT)) : Optional.empty();
    }

    /**
     * Says what stands in the table of the rows of a batch.
     *
     * @param digest of the payloads: the same as that of the rows received, if nothing was lost or altered on the way
     * @param hash the batch hash of the record hashes, in the order of the ids
     */
    public record Landed(RowDigest digest, Sha256 hash) {}

    /**
     * Computes digest and hash of rows of a stream without parents, in one look at them: the hash is that of
     * {@link fr.pennylanesync.hash.BatchHash}, of which no row has to travel.
     *
     * @param hashHead what a batch hash begins with
     */
    public Landed landed(long companyId, List<Long> ids, byte[] hashHead) {
        return jdbc
                .sql(local(ShareSql.storedDigest(payload, ", sha256(:head || string_agg(int8send(0) "
                        + "|| int8send(id) || record_hash, ''::bytea order by id))", "id, record_hash, payload",
                        rows(companyId) + " and id = any(:ids::bigint[]) and deleted_at is null")))
                .param("head", hashHead).param("ids", ids.toArray(Long[]::new))
                .query((row, n) -> new Landed(RowDigest.read(row, 1), hash(row.getBytes(3)))).single();
    }

    /** Returns a hash that no batch has where no row is left. */
    private static Sha256 hash(byte[] stored) {
        return stored == null ? Sha256.ZERO : Sha256.stored(stored);
    }

    /** The digest of the rows of a partition that are not deleted, as their payloads stand in the table. */
    public RowDigest landed(long companyId, Partition partition) {
        return jdbc
                .sql(local(ShareSql.storedDigest(payload, "", "payload",
                        rows(companyId) + within(partition) + " and deleted_at is null")))
                .query((row, n) -> RowDigest.read(row, 1)).single();
    }

    /** A field within the payload, where dates, times and numbers stand in their canonical spelling already. */
    private static CanonicalField inPayload(String name, CanonicalField field) {
        String value = "(payload ->> '" + name + "')";
        return new CanonicalField(field.type() == ColumnType.TEXT ? StorableText.decodeSql(value) : value, field.type(),
                NumberForm.SPELLED);
    }

    private static String local(String sql) {
        return sql.replace("strtol(", "pennylane_sync.strtol(");
    }

    /** The months whose digests differ, in order. */
    public static List<String> differing(Map<String, RowDigest> one, Map<String, RowDigest> other) {
        List<String> months = new ArrayList<>(one.keySet());
        other.keySet().stream().filter(month -> !one.containsKey(month)).forEach(months::add);
        return months.stream().filter(
                month -> !one.getOrDefault(month, RowDigest.EMPTY).equals(other.getOrDefault(month, RowDigest.EMPTY)))
                .sorted().toList();
    }
}

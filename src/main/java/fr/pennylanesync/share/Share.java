package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.ShareTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers questions about the data sharing. Every answer comes from one snapshot. */
public final class Share {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ShareConnections connections;
    private final Duration lag;

    public Share(ShareConnections connections, Duration lag) {
        this.connections = connections;
        this.lag = lag;
    }

    /** Returns the data sharing that a login leads to; nothing is opened yet. */
    public static Share of(Settings.Share login) {
        return new Share(new ShareConnections(login), login.lag());
    }

    /** Returns how far the share may be behind the API. */
    public Duration lag() {
        return lag;
    }

    /** Returns how many questions can be asked at once. */
    public int connections() {
        return connections.limit();
    }

    /** The companies whose rows this login sees now. */
    public Set<Long> companies() {
        try (OpenShare share = connections.open()) {
            return Set.copyOf(share.list(ShareSql.companies(), "pennylane.companies", row -> row.getLong(1)));
        }
    }

    /** @throws SyncException if the table is not as its stream file says */
    public TableShape shape(ShareTable table) {
        try (OpenShare share = connections.open()) {
            return shape(share, table);
        }
    }

    /** A company's partitions, in the order of their keys. */
    public List<Partition> plan(ShareTable table, long companyId) {
        try (OpenShare share = connections.open()) {
            Map<String, Long> months = new HashMap<>();
            share.list(ShareSql.months(shape(share, table), companyId), table.table(),
                    row -> months.put(row.getString(1), row.getLong(2)));
            return PartitionPlan.of(months);
        }
    }

    /**
     * Begins to read a partition within a snapshot that is open already.
     *
     * @throws SyncException if the table is not as its stream file says
     */
    public PartitionRead read(OpenShare snapshot, ShareTable table, long companyId, Partition partition) {
        return new PartitionRead(shape(snapshot, table), companyId, partition);
    }

    /**
     * Opens a snapshot for the routes: everything that is read within it agrees. The caller closes it.
     *
     * @throws SyncException if there is no connection to be had
     */
    public OpenShare snapshot() {
        return connections.open();
    }

    /** Digests by month, over the fields that share and API both have. */
    public Map<String, RowDigest> digests(TableShape shape, long companyId) {
        try (OpenShare share = connections.open()) {
            Map<String, RowDigest> digests = new HashMap<>();
            share.list(ShareSql.digests(shape, companyId), shape.table().table(),
                    row -> digests.put(row.getString(1), RowDigest.read(row, 2)));
            return digests;
        }
    }

    /** The hash of each row of a part by id, over the fields that share and API both have. */
    public Map<Long, Long> hashes(TableShape shape, long companyId, Partition partition) {
        try (OpenShare share = connections.open()) {
            Map<Long, Long> hashes = new HashMap<>();
            share.list(ShareSql.hashes(shape, companyId, partition), shape.table().table(),
                    row -> hashes.put(row.getLong(1), row.getLong(2)));
            return hashes;
        }
    }

    /** Some rows that have not changed for longer than the lag; where all have, some of those. */
    public List<ShareRow> sample(ShareTable table, long companyId, Instant now, int rows) {
        try (OpenShare share = connections.open()) {
            TableShape shape = shape(share, table);
            List<ShareRow> settled =
                    sample(share, shape, companyId, Optional.of(TIMESTAMP.format(now.minus(lag))), rows);
            return settled.isEmpty() ? sample(share, shape, companyId, Optional.empty(), rows) : settled;
        }
    }

    private static List<ShareRow> sample(OpenShare share, TableShape shape, long companyId,
            Optional<String> changedBefore, int rows) {
        RowReader reader = new RowReader(shape, companyId);
        int width = shape.fields().size();
        return share.list(ShareSql.sample(shape, companyId, changedBefore, rows), shape.table().table(), row -> {
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < width; i++) {
                values.put("c" + i, row.getString(i + 1));
            }
            return reader.read(values);
        });
    }

    private static TableShape shape(OpenShare share, ShareTable table) {
        try (Statement statement = share.connection().createStatement();
                ResultSet none = statement.executeQuery(ShareSql.columns(table.table()))) {
            return TableShape.of(table, none.getMetaData());
        } catch (SQLException refused) {
            throw ShareFailures.of(refused, table.table());
        }
    }
}

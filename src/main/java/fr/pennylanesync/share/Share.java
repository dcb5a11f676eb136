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
import java.util.concurrent.atomic.AtomicLong;

/** Answers questions about the data sharing. Every answer comes from one snapshot. */
public final class Share {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ShareConnections connections;
    private final ShareSql sql;
    private final Duration lag;
    private final Duration fallbackAfter;

    private Share(ShareConnections connections, ShareSql sql, Duration lag, Duration fallbackAfter) {
        this.connections = connections;
        this.sql = sql;
        this.lag = lag;
        this.fallbackAfter = fallbackAfter;
    }

    /** Returns the data sharing that a login leads to; nothing is opened yet. */
    public static Share of(Settings.Share login) {
        return new Share(new ShareConnections(login), new ShareSql(login.database()), login.lag(),
                login.fallbackAfter());
    }

    /** Returns how far the share may be behind the API. */
    public Duration lag() {
        return lag;
    }

    /** Returns how long it may be away before the API is read instead, where that has the stream too. */
    public Duration fallbackAfter() {
        return fallbackAfter;
    }

    /** Returns how many questions can be asked at once. */
    public int connections() {
        return connections.limit();
    }

    /** The companies whose rows this login sees now. */
    public Set<Long> companies() {
        try (OpenShare share = connections.open()) {
            return Set.copyOf(share.list(sql.companies(), "pennylane.companies", row -> row.getLong(1)));
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
        return PartitionPlan.of(months(table, companyId));
    }

    /** Returns how many of a company's rows are of each month. */
    public Map<String, Long> months(ShareTable table, long companyId) {
        try (OpenShare share = connections.open()) {
            Map<String, Long> months = new HashMap<>();
            share.list(sql.months(shape(share, table), companyId), table.table(),
                    row -> months.put(row.getString(1), row.getLong(2)));
            return months;
        }
    }

    /** Returns how many rows a company has. */
    public long count(ShareTable table, long companyId) {
        try (OpenShare share = connections.open()) {
            return share.list(sql.count(shape(share, table), companyId), table.table(), row -> row.getLong(1)).get(0);
        }
    }

    /**
     * The ids that stand for several rows of a company.
     *
     * @throws SyncException if there are so many that the table is at fault, and not its rows
     */
    public Set<Long> repeatedIds(ShareTable table, long companyId) {
        if (!table.hasId()) {
            return Set.of();
        }
        try (OpenShare share = connections.open()) {
            List<Long> ids =
                    share.list(sql.repeatedIds(shape(share, table), companyId), table.table(), row -> row.getLong(1));
            if (ids.size() > SetAsideRow.MOST) {
                throw new SyncException(ShareErrorCode.SHARE_ROW_WITHOUT_KEY,
                        table.table() + ", more than " + SetAsideRow.MOST + " ids stand for several rows");
            }
            return Set.copyOf(ids);
        }
    }

    /** The months in which rows of these ids are. */
    public Set<String> monthsOf(ShareTable table, long companyId, Set<Long> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        try (OpenShare share = connections.open()) {
            return Set.copyOf(share.list(sql.monthsOf(shape(share, table), companyId, ids), table.table(),
                    row -> row.getString(1)));
        }
    }

    /**
     * Begins to read a partition within a snapshot that is open already.
     *
     * @param repeatedElsewhere ids that are known to stand for several rows of the company
     * @throws SyncException if the table is not as its stream file says
     */
    public PartitionRead read(OpenShare snapshot, ShareTable table, long companyId, Partition partition,
            Set<Long> repeatedElsewhere) {
        return new PartitionRead(sql, shape(snapshot, table), companyId, partition, repeatedElsewhere);
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
            share.list(sql.digests(shape, companyId), shape.table().table(),
                    row -> digests.put(row.getString(1), RowDigest.read(row, 2)));
            return digests;
        }
    }

    /** The hash of each row of a part by id, over the fields that share and API both have. */
    public RowHashes hashes(TableShape shape, long companyId, Partition partition) {
        try (OpenShare share = connections.open()) {
            Map<Long, Long> hashes = new HashMap<>();
            Map<Long, Integer> repeated = new HashMap<>();
            AtomicLong withoutId = new AtomicLong();
            share.list(sql.hashes(shape, companyId, partition), shape.table().table(), row -> {
                long id = row.getLong(1);
                if (row.wasNull()) {
                    return withoutId.incrementAndGet();
                }
                return hashes.put(id, row.getLong(2)) == null ? 1 : repeated.merge(id, 2, (rows, two) -> rows + 1);
            });
            return new RowHashes(hashes, repeated, withoutId.get());
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

    private List<ShareRow> sample(OpenShare share, TableShape shape, long companyId,
            Optional<String> changedBefore, int rows) {
        RowReader reader = new RowReader(shape, companyId);
        int width = shape.fields().size();
        return share.list(sql.sample(shape, companyId, changedBefore, rows), shape.table().table(), row -> {
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < width; i++) {
                values.put("c" + i, row.getString(i + 1));
            }
            return reader.read(values);
        }).stream().filter(ShareRow.class::isInstance).map(ShareRow.class::cast).toList();
    }

    private TableShape shape(OpenShare share, ShareTable table) {
        try (Statement statement = share.connection().createStatement();
                ResultSet none = statement.executeQuery(sql.columns(table.table()))) {
            return TableShape.of(table, none.getMetaData());
        } catch (SQLException refused) {
            throw ShareFailures.of(refused, table.table());
        }
    }
}

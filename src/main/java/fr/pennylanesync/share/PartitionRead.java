package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One partition while it is read within a snapshot: what the share says it holds, then its rows as they come. */
public final class PartitionRead {

    private final ShareSql sql;
    private final TableShape shape;
    private final long companyId;
    private final Partition partition;
    private final RowReader reader;
    private final Set<Long> repeatedElsewhere;
    private Optional<RowDigest> expected = Optional.empty();
    private IdCounts ids = new IdCounts(0, 0, 0);
    private Set<Long> repeatedIds;
    private Iterator<?> rows = List.of().iterator();
    private long setAside;

    /** @param repeatedElsewhere ids that stand for several rows, not all of which need be of this partition */
    PartitionRead(ShareSql sql, TableShape shape, long companyId, Partition partition, Set<Long> repeatedElsewhere) {
        this.sql = sql;
        this.repeatedElsewhere = repeatedElsewhere;
        this.repeatedIds = repeatedElsewhere;
        this.shape = shape;
        this.companyId = companyId;
        this.partition = partition;
        this.reader = new RowReader(shape, companyId);
    }

    public Partition partition() {
        return partition;
    }

    public TableShape shape() {
        return shape;
    }

    public RowReader reader() {
        return reader;
    }

    /** The statement for the digest that the share computes of all rows. */
    public String digestStatement() {
        return sql.digest(shape, companyId, partition);
    }

    /** The statement for the rows. */
    public String rowsStatement() {
        return sql.rows(shape, companyId, partition);
    }

    /**
     * Takes the answer to {@link #digestStatement}.
     *
     * @throws SyncException if so many rows have no id that the table is at fault, and not they
     */
    public void expect(Map<String, Object> digest) {
        expected = Optional.of(RowDigest.read(digest));
        ids = IdCounts.read(digest);
        repeatedIds = repeatedElsewhere;
        requireFew(ids.rows() - ids.withId());
    }

    /** Tells whether an id stands for several rows: which, {@link #repeatedIdsStatement} asks. */
    public boolean isRepeating() {
        return ids.isRepeating();
    }

    /** The statement for the ids that stand for several rows. */
    public String repeatedIdsStatement() {
        return sql.repeatedIds(shape, companyId, partition);
    }

    /**
     * Takes the answer to {@link #repeatedIdsStatement}.
     *
     * @throws SyncException if there are so many that the table is at fault, and not its rows
     */
    public void repeatedIds(List<Map<String, Object>> answer) {
        requireFew(answer.size());
        repeatedIds = Stream.concat(repeatedElsewhere.stream(),
                answer.stream().map(row -> ((Number) row.values().iterator().next()).longValue()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private void requireFew(long rowsSetAside) {
        if (rowsSetAside > SetAsideRow.MOST) {
            throw new SyncException(ShareErrorCode.SHARE_ROW_WITHOUT_KEY,
                    shape.table().table() + " " + partition.key() + ", more than " + SetAsideRow.MOST + " of "
                            + ids.rows() + " rows");
        }
    }

    /** The digest that the share computed of all rows. */
    public RowDigest expected() {
        return expected.orElseThrow();
    }

    /** Takes the answer to {@link #rowsStatement}: each row a map of column to text. */
    public void rows(Iterator<?> streamed) {
        rows = streamed;
    }

    /**
     * Returns the next rows, never more than one fetch; none at the end.
     *
     * @throws SyncException if the connection broke, or a row is another company's
     */
    public List<ReadRow> next() {
        try {
            List<ReadRow> next = new ArrayList<>();
            Set<Long> taken = new HashSet<>();
            while (next.size() < ShareConnections.FETCH_ROWS && rows.hasNext()) {
                @SuppressWarnings("unchecked")
                ReadRow row = reader.read((Map<String, Object>) rows.next(), repeatedIds);
                take(row, taken);
                next.add(row);
            }
            return next;
        } catch (RuntimeException broken) {
            throw ShareFailures.within(broken, shape.table().table() + " " + partition.key());
        }
    }

    /** Ids that the share counted once and that come twice are of a table that was changed in between. */
    private void take(ReadRow row, Set<Long> taken) {
        if (row instanceof SetAsideRow) {
            setAside++;
            requireFew(setAside);
        } else if (row instanceof ShareRow known && !taken.add(known.id())) {
            throw new SyncException(ShareErrorCode.SHARE_TABLE_CHANGED,
                    shape.table().table() + ", an id that was counted once came twice");
        }
    }
}

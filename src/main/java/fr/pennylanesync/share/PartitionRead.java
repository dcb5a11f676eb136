package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One partition while it is read: its snapshot, what the share says it holds, and its rows as they come. */
public final class PartitionRead implements AutoCloseable {

    private final OpenShare share;
    private final TableShape shape;
    private final long companyId;
    private final Partition partition;
    private final RowDigest expected;
    private final RowReader reader;
    private Iterator<?> rows;

    PartitionRead(OpenShare share, TableShape shape, long companyId, Partition partition, RowDigest expected) {
        this.share = share;
        this.shape = shape;
        this.companyId = companyId;
        this.partition = partition;
        this.expected = expected;
        this.reader = new RowReader(shape, companyId);
    }

    public Partition partition() {
        return partition;
    }

    public TableShape shape() {
        return shape;
    }

    /** The digest that the share computed of all rows. */
    public RowDigest expected() {
        return expected;
    }

    public RowReader reader() {
        return reader;
    }

    /** The connection with the snapshot, and the statement to stream the rows with. */
    public OpenShare share() {
        return share;
    }

    public String statement() {
        return ShareSql.rows(shape, companyId, partition);
    }

    /** @param streamed the rows as {@link #statement} gives them, each a map of column to text */
    public void rows(Iterator<?> streamed) {
        this.rows = streamed;
    }

    /** Whether its rows come already. */
    public boolean isStreaming() {
        return rows != null;
    }

    /**
     * The next rows, never more than one fetch; none at the end.
     *
     * @throws SyncException if the connection broke, or a row is not what it must be
     */
    public List<ShareRow> next() {
        try {
            List<ShareRow> next = new ArrayList<>();
            Set<Long> ids = new HashSet<>();
            while (next.size() < ShareConnections.FETCH_ROWS && rows.hasNext()) {
                @SuppressWarnings("unchecked")
                ShareRow row = reader.read((Map<String, Object>) rows.next());
                if (!ids.add(row.id())) {
                    throw new SyncException(ShareErrorCode.SHARE_ROW_WITHOUT_KEY,
                            shape.table().table() + ", two rows have one key");
                }
                next.add(row);
            }
            return next;
        } catch (RuntimeException broken) {
            throw ShareFailures.within(broken, shape.table().table() + " " + partition.key());
        }
    }

    @Override
    public void close() {
        share.close();
    }
}

package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One partition while it is read within a snapshot: what the share says it holds, then its rows as they come. */
public final class PartitionRead {

    private final TableShape shape;
    private final long companyId;
    private final Partition partition;
    private final RowReader reader;
    private Optional<RowDigest> expected = Optional.empty();
    private Iterator<?> rows = List.of().iterator();

    PartitionRead(TableShape shape, long companyId, Partition partition) {
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
        return ShareSql.digest(shape, companyId, partition);
    }

    /** The statement for the rows. */
    public String rowsStatement() {
        return ShareSql.rows(shape, companyId, partition);
    }

    /** Takes the answer to {@link #digestStatement}. */
    public void expect(Map<String, Object> digest) {
        expected = Optional.of(RowDigest.read(digest));
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
}

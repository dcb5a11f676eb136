package fr.pennylanesync.pass;

import fr.pennylanesync.api.page.DamagedItem;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.record.Damage;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import java.util.List;

/** A lane that reads Pennylane's API, page by page. */
public interface PageLane extends Lane, PagedRead {

    @Override
    default long companyId() {
        return checkpoint().companyId();
    }

    /**
     * Holds a page against its request and against the pages before it: order, filter, progress.
     *
     * @return its rows, those of sub-lists that came along behind its own; none where it only answers a question of the
     * lane's own
     * @throws fr.pennylanesync.failure.SyncException if the page cannot be trusted: it is then to be read again
     */
    List<PageRow> check(Page page);

    /** Makes a row what the batch takes: without expiring links, canonical, hashed. */
    default BatchItem map(PageRow row) {
        StreamRecord record = RecordMapper.map(row.stream(), row.parentId(), row.item());
        return row.item() instanceof DamagedItem item
                ? record.damaged(new Damage(item.reason(), row.stream().personal().applyTo(item.text())))
                : record;
    }

    /**
     * Takes the rows of the page that was checked last, in their order. A page that proves nothing by itself is taken
     * once several readings in a row say the same; until then the lane asks for it again.
     */
    void take(List<? extends BatchItem> rows);
}

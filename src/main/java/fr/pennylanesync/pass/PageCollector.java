package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.Advance;
import fr.pennylanesync.landing.RecordBatch;
import fr.pennylanesync.landing.record.BatchItem;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the pages of one list one after the other, and takes a page for a batch only when it proved itself. */
final class PageCollector {

    private final StreamDefinition stream;
    private final IncludedChild includedChild;
    private PageTrail trail = new PageTrail();
    private final SubListsOfPages subLists = new SubListsOfPages();
    private Optional<Page> checked = Optional.empty();
    private Optional<Page> page = Optional.empty();
    private List<StreamRecord> records = List.of();
    private boolean suspicious;
    private boolean contradictory;
    private final RepeatRead repeatRead = new RepeatRead();
    private final OddItems oddItems = new OddItems();
    private final RecordKeys keys;
    private int requests;

    PageCollector(StreamDefinition stream, IncludedChild includedChild) {
        this.stream = stream;
        this.includedChild = includedChild;
        this.keys = new RecordKeys(stream);
    }

    /** The request, with the sub-list that comes along. */
    PageRequest asking(PageRequest request) {
        return subLists.asking(request, includedChild);
    }

    /**
     * Holds a page against its request.
     *
     * @param endsUnproven whether nothing that is read later would show that the list goes on
     * @return its rows, those of the sub-list that came along behind its own
     */
    List<PageRow> check(PageRequest request, Page received, boolean endsUnproven) {
        requests++;
        page = Optional.empty();
        Page sound = oddItems.without(trail, request, received);
        PageVerdict verdict = trail.check(request, sound);
        suspicious = verdict == PageVerdict.SHORT || endsUnproven;
        contradictory = verdict == PageVerdict.SHORT || !request.isPaged();
        checked = Optional.of(sound);
        return rows(sound);
    }

    private List<PageRow> rows(Page received) {
        List<PageRow> rows = new ArrayList<>(received.items().size());
        received.items().forEach(item -> rows.add(new PageRow(stream, 0, item)));
        rows.addAll(subLists.rows(received));
        return rows;
    }

    /** Takes the page that was checked, unless it is to be read once more. */
    void take(List<? extends BatchItem> rows) {
        if (checked.isEmpty()) {
            return;
        }
        Page received = checked.get();
        checked = Optional.empty();
        List<StreamRecord> all = rows.stream().map(StreamRecord.class::cast).toList();
        List<StreamRecord> own = all.subList(0, received.items().size());
        if (suspicious && !repeatRead.confirmsRecords(own, stream.path(),
                contradictory ? RepeatRead.CONTRADICTORY : RepeatRead.UNPROVEN)) {
            return;
        }
        repeatRead.forget();
        records = own;
        subLists.forget();
        subLists.take(received, all.subList(own.size(), all.size()));
        page = Optional.of(received);
        oddItems.taken(0);
    }

    Page read(JsonNode answer, String path) {
        return keys.identified(stream.reading() == ReadStrategy.FIELDS
                ? PageReader.readFields(answer, path)
                : oddItems.read(answer, path));
    }

    /** Tells whether the page can be taken without the items that the failure is the fault of. */
    boolean isolates(SyncException failure) {
        return oddItems.explains(failure);
    }

    /** From now on the page is taken without such items. */
    void isolate() {
        oddItems.sift();
    }

    /** Counts a request that was answered with no page of the list. */
    void requested() {
        requests++;
    }

    /**
     * {@code include} is experimental: where it is refused, the sub-lists are read one by one instead. A list that the
     * company is without is an empty one.
     */
    boolean tolerates(SyncException failure) {
        requests++;
        if (stream.optional() && failure.code() == ApiErrorCode.NOT_FOUND) {
            records = List.of();
            page = Optional.of(new Page(List.of(), false, Optional.empty(), Map.of()));
            return true;
        }
        return subLists.isRefused(failure, includedChild);
    }

    /** The page that makes the batch. */
    Optional<Page> page() {
        return page;
    }

    RecordBatch batch(Checkpoint from, Advance advance) {
        return RecordBatch.page(stream, from, advance, records, subLists.included(), requests)
                .withFaulty(oddItems.kept());
    }

    void drop() {
        page = Optional.empty();
        oddItems.forget();
    }

    /** @param hasNext whether the next page belongs to the same list */
    void landed(boolean hasNext) {
        if (hasNext) {
            trail.advance(page.orElseThrow());
            keys.advance();
        } else {
            trail = new PageTrail();
            keys.restart();
        }
        page = Optional.empty();
        oddItems.forget();
        requests = 0;
    }

    /** Makes the batch of what no page holds. */
    RecordBatch withoutPage(Checkpoint from, Advance advance, SetAside unread) {
        return RecordBatch.page(stream, from, advance, List.of(), List.of(), requests).withFaulty(List.of(unread));
    }

    /** The pages that follow are those of another list. */
    void anotherList() {
        trail = new PageTrail();
        keys.restart();
        drop();
    }

    /** The list goes on behind a record that no page holds. */
    void skipped() {
        anotherList();
        requests = 0;
    }

    /** API requests made for the batch. */
    int requests() {
        return requests;
    }
}

package fr.pennylanesync.pass;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.ApiErrorCode;
import fr.pennylanesync.api.Page;
import fr.pennylanesync.api.PageRequest;
import fr.pennylanesync.api.PageTrail;
import fr.pennylanesync.api.Verdict;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Batch;
import fr.pennylanesync.warehouse.RecordMapper;
import fr.pennylanesync.warehouse.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the pages of one list one after the other, and takes a page for a batch only when it proved itself. */
final class ListReading {

    private final StreamDefinition stream;
    private final Inclusion inclusion;
    private PageTrail trail = new PageTrail();
    /** The sub-list that the last request asked for. */
    private Optional<StreamDefinition> asked = Optional.empty();
    private Optional<Page> page = Optional.empty();
    private List<StreamRecord> records = List.of();
    private final RepeatedReading repeatedReading = new RepeatedReading();
    private int requests;

    ListReading(StreamDefinition stream, Inclusion inclusion) {
        this.stream = stream;
        this.inclusion = inclusion;
    }

    /** The request, with the sub-list that comes along. */
    PageRequest asking(PageRequest request) {
        asked = inclusion.child();
        return asked.flatMap(StreamDefinition::include).map(request::including).orElse(request);
    }

    /** @param endsUnproven whether nothing that is read later would show that the list goes on */
    void offer(PageRequest request, Page received, boolean endsUnproven) {
        requests++;
        page = Optional.empty();
        Verdict verdict = trail.check(request, received);
        List<StreamRecord> read = received.items().stream().map(item -> RecordMapper.map(stream, 0, item)).toList();
        boolean suspicious = verdict == Verdict.SHORT || endsUnproven;
        boolean contradictory = verdict == Verdict.SHORT || !request.isPaged();
        if (suspicious && !repeatedReading.confirmsRecords(read, stream.path(),
                contradictory ? RepeatedReading.CONTRADICTORY : RepeatedReading.UNPROVEN)) {
            return;
        }
        repeatedReading.forget();
        records = read;
        page = Optional.of(received);
    }

    /** {@code include} is experimental: where it is refused, the sub-lists are read one by one instead. */
    boolean endures(SyncException failure) {
        requests++;
        boolean includeRefused = asked.isPresent() && failure.code() == ApiErrorCode.BAD_REQUEST;
        if (includeRefused) {
            inclusion.refuse();
        }
        return includeRefused;
    }

    /** The page that makes the batch. */
    Optional<Page> page() {
        return page;
    }

    Batch batch(Checkpoint from) {
        return Batch.page(stream, from, records, List.of(), included(), requests);
    }

    private List<Batch.Included> included() {
        if (asked.isEmpty() || page.orElseThrow().included().isEmpty()) {
            return List.of();
        }
        List<StreamRecord> children = new ArrayList<>();
        List<Long> whole = new ArrayList<>();
        page.orElseThrow().included().forEach((parentId, list) -> {
            for (ObjectNode item : list.items()) {
                children.add(RecordMapper.map(asked.get(), parentId, item));
            }
            if (!list.hasMore()) {
                whole.add(parentId);
            }
        });
        return List.of(new Batch.Included(asked.get(), children, whole));
    }

    void drop() {
        page = Optional.empty();
    }

    /** @param goesOn whether the next page belongs to the same list */
    void landed(boolean goesOn) {
        if (goesOn) {
            trail.advance(page.orElseThrow());
        } else {
            trail = new PageTrail();
        }
        page = Optional.empty();
        requests = 0;
    }

    /** API requests made for the batch. */
    int requests() {
        return requests;
    }
}

package fr.pennylanesync.landing.state;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what passes and plans ask of the list of due records; only a landing takes anything off it. */
public interface DueRecords {

    /** Stands in place of the batch for what a person asks for. */
    long BY_HAND = 0;
    /** Stands in place of the batch for what a sweep asks for: whatever is proven, and however long that takes. */
    long SWEPT = -1;
    /** Records that are due are asked for so many at a time. */
    int RECORDS_PER_REQUEST = 100;
    /** Each of these parents needs a request: about two seconds of a company's budget are what a crash may cost. */
    int PARENTS_PER_BATCH = 10;

    /** Returns the next ids, each with the batch that made it due, lowest first. */
    Map<Long, Long> next(long companyId, String stream, long afterId, int limit);

    /**
     * Says whose sub-lists are read next, each with the batch that made it due.
     *
     * @param recent whether any of them changed, or is of the last year
     */
    record DueParents(Map<Long, Long> batches, boolean recent) {

        public DueParents {
            batches = Collections.unmodifiableMap(new LinkedHashMap<>(batches));
        }
    }

    /**
     * Returns the next parents that have their turn: what changed first, then the newest.
     *
     * @param others parents that are left out: they are being read
     */
    DueParents nextParents(long companyId, String stream, Collection<Long> others, int limit);

    /** Gives its turn to each sub-list that became due; what the stream's limit leaves out has none. */
    void arrange(long companyId, StreamDefinition child, StreamDefinition parent);

    /** Holds what is left out against the limits of the streams, which may have been moved or removed. */
    void limit(long companyId, Collection<StreamDefinition> streams);

    /** Returns those among the ids whose absence from an answer means that the record is gone. */
    Set<Long> gone(long companyId, String stream, Collection<Long> ids);

    /** Returns the streams that something is due of. */
    List<String> streams(long companyId);

    /** Makes every live record of the parent due once: for a child stream that is read for the first time. */
    int addAllParents(long companyId, StreamDefinition child, StreamDefinition parent);

    /** Makes the sub-list of every live record of the parent due, to be asked for. */
    int sweepParents(long companyId, StreamDefinition child, StreamDefinition parent);
}

package fr.pennylanesync.landing.state;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what passes and plans ask of the list of due records; only a landing takes anything off it. */
public interface DueRecords {

    /** Returns the next ids, each with the batch that made it due, lowest first. */
    Map<Long, Long> next(long companyId, String stream, long afterId, int limit);

    /** Returns those among the ids whose absence from an answer means that the record is gone. */
    Set<Long> gone(long companyId, String stream, Collection<Long> ids);

    /** Returns the streams that something is due of. */
    List<String> streams(long companyId);

    /** Makes every live record of the parent due once: for a child stream that is read for the first time. */
    int addAllParents(long companyId, StreamDefinition child, StreamDefinition parent);
}

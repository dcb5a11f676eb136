package fr.pennylanesync.pass;

import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The list of due records, in memory, of one company. */
public final class MemoryDueList implements DueRecords {

    private final Map<String, TreeMap<Long, Long>> due = new TreeMap<>();
    private final Set<Long> gone = new HashSet<>();
    private final List<String> parentsAdded = new ArrayList<>();
    private final List<String> arranged = new ArrayList<>();
    private boolean recent = true;

    /** Makes records due by a batch. */
    public MemoryDueList add(String stream, long batchId, long... ids) {
        for (long id : ids) {
            due.computeIfAbsent(stream, name -> new TreeMap<>()).put(id, batchId);
        }
        return this;
    }

    /** Notes that a record's last word was its deletion. */
    MemoryDueList gone(long id) {
        gone.add(id);
        return this;
    }

    /** Takes off what a landing has answered. */
    void answered(String stream, Set<Long> ids) {
        due.get(stream).keySet().removeAll(ids);
    }

    /** Takes everything off that is due of a stream. */
    public void clear(String stream) {
        due.remove(stream);
    }

    /** Returns the child streams whose parents were all made due. */
    public List<String> parentsAdded() {
        return parentsAdded;
    }

    @Override
    public Map<Long, Long> next(long companyId, String stream, long afterId, int limit) {
        Map<Long, Long> next = new LinkedHashMap<>();
        due.getOrDefault(stream, new TreeMap<>()).tailMap(afterId, false).entrySet().stream().limit(limit)
                .forEach(entry -> next.put(entry.getKey(), entry.getValue()));
        return next;
    }

    /** Here they come in the order of their ids; the real list has another, which is its own affair. */
    @Override
    public DueParents nextParents(long companyId, String stream, Collection<Long> others, int limit) {
        Map<Long, Long> next = new LinkedHashMap<>();
        due.getOrDefault(stream, new TreeMap<>()).entrySet().stream().filter(entry -> !others.contains(entry.getKey()))
                .limit(limit)
                .forEach(entry -> next.put(entry.getKey(), entry.getValue()));
        return new DueParents(next, recent);
    }

    /** Lets what is due belong to documents of earlier years. */
    void beOld() {
        recent = false;
    }

    @Override
    public void arrange(long companyId, StreamDefinition child, StreamDefinition parent) {
        arranged.add(child.name());
    }

    /** Returns the child streams of which what is due was given its turn. */
    public List<String> arranged() {
        return arranged;
    }

    @Override
    public void limit(long companyId, Collection<StreamDefinition> streams) {
        // No stream of these tests has a limit.
    }

    @Override
    public Set<Long> gone(long companyId, String stream, Collection<Long> ids) {
        Set<Long> among = new HashSet<>(gone);
        among.retainAll(ids);
        return among;
    }

    @Override
    public List<String> streams(long companyId) {
        return due.entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).map(Map.Entry::getKey).toList();
    }

    @Override
    public int sweepParents(long companyId, StreamDefinition child, StreamDefinition parent) {
        throw new IllegalStateException("these tests know no parents");
    }

    @Override
    public int addAllParents(long companyId, StreamDefinition child, StreamDefinition parent) {
        parentsAdded.add(child.name());
        return 0;
    }
}

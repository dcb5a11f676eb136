package fr.pennylanesync.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One turn of a node, and the conditions that it found. Belongs to one thread. */
public final class AlarmRound {

    private final long number;
    private final Predicate<AlarmCondition> isRead;
    private final List<AlarmCondition> found = new ArrayList<>();

    AlarmRound(long number, Predicate<AlarmCondition> isRead) {
        this.number = number;
        this.isRead = isRead;
    }

    long number() {
        return number;
    }

    void add(List<AlarmCondition> conditions) {
        found.addAll(conditions);
    }

    /**
     * Takes the rows of a statement that concern what is read.
     *
     * @throws fr.pennylanesync.failure.SyncException if they are no conditions
     */
    public void addRows(List<Map<String, Object>> rows) {
        rows.stream().map(AlarmCondition::of).filter(isRead).forEach(found::add);
    }

    List<AlarmCondition> found() {
        return List.copyOf(found);
    }
}

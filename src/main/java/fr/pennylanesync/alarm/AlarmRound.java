package fr.pennylanesync.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One turn of a node, and the conditions that it found. Belongs to one thread. */
public final class AlarmRound {

    private final long number;
    private final List<AlarmCondition> found = new ArrayList<>();

    AlarmRound(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    void add(List<AlarmCondition> conditions) {
        found.addAll(conditions);
    }

    /**
     * Takes the rows of a statement.
     *
     * @throws fr.pennylanesync.failure.SyncException if they are no conditions
     */
    public void addRows(List<Map<String, Object>> rows) {
        rows.stream().map(AlarmCondition::of).forEach(found::add);
    }

    List<AlarmCondition> found() {
        return List.copyOf(found);
    }
}

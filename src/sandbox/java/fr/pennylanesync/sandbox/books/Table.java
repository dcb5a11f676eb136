package fr.pennylanesync.sandbox.books;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The rows of one stream of one company, in ascending order of id. Not thread-safe: {@link Books} guards it.
 *
 * @param <R> the rows
 */
public final class Table<R extends Row> {

    private final List<R> rows = new ArrayList<>();
    private final Map<String, List<R>> sorted = new HashMap<>();

    /** Adds a row whose id is greater than all others. */
    public void add(R row) {
        if (!rows.isEmpty() && rows.get(rows.size() - 1).id() >= row.id()) {
            throw new IllegalArgumentException("ids must ascend");
        }
        rows.add(row);
        sorted.clear();
    }

    public void addAll(Collection<? extends R> newRows) {
        newRows.forEach(this::add);
    }

    /** Puts a row where its id belongs: the place it had, when it was removed before. */
    public void insert(R row) {
        int index = indexFrom(row.id());
        if (index < rows.size() && rows.get(index).id() == row.id()) {
            throw new IllegalArgumentException("such a row is there already");
        }
        rows.add(index, row);
        sorted.clear();
    }

    /** Puts a row in the place of the one with the same id. */
    public void replace(R row) {
        int index = indexFrom(row.id());
        if (index == rows.size() || rows.get(index).id() != row.id()) {
            throw new IllegalArgumentException("no such row");
        }
        rows.set(index, row);
        sorted.clear();
    }

    public boolean remove(long id) {
        int index = indexFrom(id);
        if (index == rows.size() || rows.get(index).id() != id) {
            return false;
        }
        rows.remove(index);
        sorted.clear();
        return true;
    }

    public Optional<R> find(long id) {
        int index = indexFrom(id);
        return index < rows.size() && rows.get(index).id() == id ? Optional.of(rows.get(index)) : Optional.empty();
    }

    public List<R> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** The rows whose ids lie between two bounds, both included. */
    public List<R> between(long lowest, long highest) {
        int from = indexFrom(lowest);
        int to = highest == Long.MAX_VALUE ? rows.size() : indexFrom(highest + 1);
        return from >= to ? List.of() : Collections.unmodifiableList(rows.subList(from, to));
    }

    /** The rows in ascending order of a key, then of id; kept until the next change. */
    public synchronized List<R> sortedBy(String name, ToLongFunction<? super R> key) {
        return sorted.computeIfAbsent(name, ignored -> {
            List<R> copy = new ArrayList<>(rows);
            copy.sort(Comparator.<R>comparingLong(key).thenComparingLong(Row::id));
            return Collections.unmodifiableList(copy);
        });
    }

    public int size() {
        return rows.size();
    }

    public R get(int index) {
        return rows.get(index);
    }

    /** The index of the first row whose id is at least the given one. */
    private int indexFrom(long id) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).id() < id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

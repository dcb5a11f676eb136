package fr.pennylanesync.sandbox.api;

import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Finds the page that answers a request: by keyset, so that its cost does not grow with its depth. */
public final class Pager {

    private Pager() {}

    /** A page of a table. */
    public static <R extends Row> SandboxPage<R> page(Table<R> table, ListRequest<R> request) {
        List<R> candidates = Narrowing.of(request.conditions()).rows(table);
        if (request.sort().isById()) {
            return scan(candidates, request);
        }
        boolean all = candidates.size() == table.size();
        return scan(all ? table.sortedBy(request.sort().name(), request.sort().key()) : sorted(candidates, request),
                request);
    }

    /** A page of a short list, in any order. */
    public static <R extends Row> SandboxPage<R> page(List<R> rows, ListRequest<R> request) {
        return scan(sorted(rows, request), request);
    }

    private static <R extends Row> List<R> sorted(List<R> rows, ListRequest<R> request) {
        return rows.stream().filter(Objects::nonNull)
                .sorted(Comparator.<R>comparingLong(request.sort().key()).thenComparingLong(Row::id)).toList();
    }

    /** Walks ascending rows in the order asked, from behind the cursor, until one row more than the page holds. */
    private static <R extends Row> SandboxPage<R> scan(List<R> ascending, ListRequest<R> request) {
        List<R> found = new ArrayList<>(Math.min(request.limit(), ascending.size()));
        int step = request.descending() ? -1 : 1;
        for (int i = start(ascending, request); i >= 0 && i < ascending.size(); i += step) {
            R row = ascending.get(i);
            if (request.matches(row)) {
                if (found.size() == request.limit()) {
                    return new SandboxPage<>(found, true);
                }
                found.add(row);
            }
        }
        return new SandboxPage<>(found, false);
    }

    private static <R extends Row> int start(List<R> ascending, ListRequest<R> request) {
        if (request.after() == null) {
            return request.descending() ? ascending.size() - 1 : 0;
        }
        return request.descending() ? countBefore(ascending, request, false) - 1
                : countBefore(ascending, request, true);
    }

    /** How many rows stand before the cursor's position, the row at the position itself counted or not. */
    private static <R extends Row> int countBefore(List<R> ascending, ListRequest<R> request, boolean inclusive) {
        int low = 0;
        int high = ascending.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(ascending.get(middle), request);
            if (order < 0 || inclusive && order == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static <R extends Row> int compare(R row, ListRequest<R> request) {
        if (request.sort().isById()) {
            return Long.compare(row.id(), request.after().id());
        }
        int byKey = Long.compare(request.sort().key().applyAsLong(row), request.after().key());
        return byKey != 0 ? byKey : Long.compare(row.id(), request.after().id());
    }
}

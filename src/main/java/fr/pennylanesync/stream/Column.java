package fr.pennylanesync.stream;

import java.util.List;
import java.util.Optional;

/**
 * A typed column of a stream's table.
 *
 * @param path of its value within the record
 * @param references the stream of the same company whose record's id it holds
 * @param description what it holds, for people
 */
public record Column(String name, ColumnType type, List<String> path, Optional<String> references,
        Optional<String> description) {

    public Column {
        if (!Names.isSnakeCase(name)) {
            throw new IllegalArgumentException("column name is not snake_case: " + name);
        }
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("column without a path: " + name);
        }
    }

    /** Makes a column of which nothing is said. */
    public Column(String name, ColumnType type, List<String> path) {
        this(name, type, path, Optional.empty(), Optional.empty());
    }

    /** Returns the column with its value at another path. */
    Column at(List<String> other) {
        return new Column(name, type, other, references, description);
    }
}

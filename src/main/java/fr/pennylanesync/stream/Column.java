package fr.pennylanesync.stream;

import java.util.List;

/** A typed column of a stream's table: its name, its type, and the path of its value within the record. */
public record Column(String name, ColumnType type, List<String> path) {

    public Column {
        if (!Names.isSnakeCase(name)) {
            throw new IllegalArgumentException("column name is not snake_case: " + name);
        }
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("column without a path: " + name);
        }
    }
}

package fr.pennylanesync.stream;

import fr.pennylanesync.personal.ValueRule;
import java.util.Optional;

/**
 * A column of a table of the data sharing that is read.
 *
 * @param fills the stream's column that holds the same value, if one does; only these are compared between share and
 * API
 * @param rule what is done with its values because they are personal; empty: they are kept
 */
public record ShareColumn(String name, ColumnType type, Optional<String> fills, Optional<ValueRule> rule) {

    public ShareColumn {
        if (!Names.isSnakeCase(name)) {
            throw new IllegalArgumentException("share column is not snake_case: " + name);
        }
    }

    /** Makes a column whose values are kept. */
    public ShareColumn(String name, ColumnType type, Optional<String> fills) {
        this(name, type, fills, Optional.empty());
    }
}

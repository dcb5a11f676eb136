package fr.pennylanesync.landing.table;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.SharedRowMapper;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Names where a row comes from. What the API said of a record is never replaced by what the data sharing says of it.
 */
public enum Source {
    API, SHARE,
    /** The other side of a relation, which the API told. */
    DERIVED;

    /** Reads a name that the tables hold. */
    public static Source of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns what gives a column's value within a payload that came from here; empty where there is none that fits.
     */
    public Function<JsonNode, Optional<String>> reader(StreamDefinition stream, Column column) {
        return this != SHARE ? payload -> RecordMapper.value(column, payload)
                : SharedRowMapper.reader(stream, column);
    }

    /** Returns the path of a column's value within a payload that came from here; empty where nothing fills it. */
    public Optional<List<String>> path(StreamDefinition stream, Column column) {
        return this != SHARE ? Optional.of(column.path())
                : stream.share().flatMap(table -> table.filling(column.name())).map(field -> List.of(field.name()));
    }

    /** Returns the name as written in the tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package fr.pennylanesync.landing.table;

import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Spells in SQL what a typed column of a replaced version is: the value within the version's payload, by the rules by
 * which the table's own column was filled. Nothing is kept twice so, and what the payload's hash proves, it proves of
 * the columns too.
 */
final class HistoryColumns {

    private final StreamDefinition stream;

    HistoryColumns(StreamDefinition stream) {
        this.stream = stream;
    }

    /** Returns the expression of a column over a row {@code v} of the versions. */
    String expression(Column column) {
        String ofApi = value(at(column.path()), text(column.path()), column.type(), false);
        if (stream.share().isEmpty()) {
            return ofApi;
        }
        return "case v.source when 'share' then " + ofShare(column) + " else " + ofApi + " end";
    }

    private String ofShare(Column column) {
        Optional<List<String>> path =
                stream.share().flatMap(table -> table.filling(column.name())).map(ShareColumn::name).map(List::of);
        return path.map(given -> ofShare(at(given), text(given), column.type()))
                .orElse("null::" + column.type().sql());
    }

    /** The share has numbers for amounts; a text such as NaN is none. */
    private static String ofShare(String json, String text, ColumnType type) {
        String value = value(json, text, type, true);
        return type == ColumnType.NUMERIC ? "case jsonb_typeof(" + json + ") when 'number' then " + value + " end"
                : value;
    }

    private static String value(String json, String text, ColumnType type, boolean ofShare) {
        String function = "pennylane_sync.column_" + type.sql();
        return switch (type) {
            case TEXT, BOOLEAN, JSONB -> function + "(" + json + ")";
            case BIGINT, INTEGER, NUMERIC -> function + "(" + text + ")";
            case DATE, TIMESTAMPTZ -> String.format(Locale.ROOT, "%s(%s, %s)", function, text, ofShare);
        };
    }

    private static String at(List<String> path) {
        return "v.payload" + path.stream().map(step -> " -> '" + step + "'").collect(Collectors.joining());
    }

    private static String text(List<String> path) {
        return at(path.subList(0, path.size() - 1)) + " ->> '" + path.get(path.size() - 1) + "'";
    }
}

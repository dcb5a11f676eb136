package fr.pennylanesync.sandbox.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change of a table's columns that nobody announced. */
public sealed interface ColumnChange {

    /** The column that comes, goes or changes. */
    String column();

    /** A column that was not there, at the end, with the same text in all rows. */
    record Added(String column) implements ColumnChange {}

    record Removed(String column) implements ColumnChange {}

    /** @param type as SQL writes it; the values are cast to it */
    record Retyped(String column, String type) implements ColumnChange {}

    /** The expressions of a view's columns after the changes. */
    static List<String> expressions(CopiedTable table, List<ColumnChange> changes) {
        List<String> expressions = new ArrayList<>();
        for (CopiedColumn column : table.columns()) {
            expression(column, changes).ifPresent(expressions::add);
        }
        changes.stream().filter(Added.class::isInstance)
                .forEach(change -> expressions.add("'added'::varchar as \"" + change.column() + "\""));
        return expressions;
    }

    private static Optional<String> expression(CopiedColumn column, List<ColumnChange> changes) {
        String type = column.type();
        for (ColumnChange change : changes) {
            if (change instanceof Removed && change.column().equals(column.name())) {
                return Optional.empty();
            }
            if (change instanceof Retyped retyped && retyped.column().equals(column.name())) {
                type = retyped.type();
            }
        }
        String value = column.name().equals("synchronised_at")
                ? "greatest(b.synchronised_at, (select rebuilt_at from store.rebuild))"
                : "b." + column.quoted();
        return Optional.of("(" + value + ")::" + type + " as " + column.quoted());
    }
}

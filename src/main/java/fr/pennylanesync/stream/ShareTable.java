package fr.pennylanesync.stream;

import fr.pennylanesync.personal.RawMaterial;
import fr.pennylanesync.personal.ValueRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Says where a stream's records stand in the data sharing.
 *
 * @param table with its schema, such as {@code pennylane.general_ledger}
 * @param key the columns that tell rows apart where the table has no id of its own; empty: {@code id} does
 * @param period the date that partitions go by; empty: a company is one partition
 * @param updated when the row, or the document behind it, changed last
 * @param columns what is read besides {@code company_id} and {@code id}
 */
public record ShareTable(String table, List<String> key, Optional<String> period, Optional<String> updated,
        List<ShareColumn> columns) {

    static final Pattern TABLE = Pattern.compile("(?:pennylane|etl|accounting)\\.[a-z][a-z0-9_]{0,62}");

    public ShareTable {
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException("not a table with its schema: " + table);
        }
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** Tells whether {@code id} tells the rows apart; else a number is made from the key. */
    public boolean hasId() {
        return key.isEmpty();
    }

    /** The name without its schema. */
    public String name() {
        return table.substring(table.indexOf('.') + 1);
    }

    public Optional<ShareColumn> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Returns the table with a rule for each column that has one; what tells rows apart or dates them has none. */
    ShareTable ruledBy(Function<ShareColumn, Optional<ValueRule>> rules) {
        return new ShareTable(table, key, period, updated, columns.stream().map(column -> new ShareColumn(column.name(),
                column.type(), column.fills(), rules.apply(column).filter(rule -> !isNeeded(column.name())))).toList());
    }

    private boolean isNeeded(String column) {
        return key.contains(column) || period.filter(column::equals).isPresent()
                || updated.filter(column::equals).isPresent();
    }

    /** Tells whether any value becomes another before it is stored. */
    public boolean isRuled() {
        return columns.stream().anyMatch(column -> column.rule().isPresent());
    }

    /** Returns what the rules in force leave of a row that is set aside. */
    public String ruled(String row) {
        return isRuled() ? new RawMaterial(path -> column(String.join(".", path)).flatMap(ShareColumn::rule)).ruled(row)
                : row;
    }

    /** The share's column that fills a column of the stream. */
    public Optional<ShareColumn> filling(String streamColumn) {
        return columns.stream().filter(column -> column.fills().filter(streamColumn::equals).isPresent()).findFirst();
    }
}

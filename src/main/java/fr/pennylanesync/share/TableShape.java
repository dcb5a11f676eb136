package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.share.CanonicalField.NumberForm;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.ShareTable;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of the share as it is now, found without its catalogue: a login sees no table in there.
 *
 * @param fields what is read of each row, by column: company and id first
 * @param present every column with its type, as the driver tells it
 */
public record TableShape(ShareTable table, Map<String, CanonicalField> fields, Map<String, String> present) {

    public static final String COMPANY = "company_id";
    public static final String ID = "id";

    /** Holds what the server calls its types: drivers give some of them the number of another. */
    private static final String TIME_ZONED = "timestamptz";
    /** PostgreSQL's; a driver that says more read it out of a type without one. */
    private static final int PRECISION_MOST = 1_000;
    /** Redshift's most: it cuts off what does not fit into a varchar of no length, which has 256 bytes there. */
    private static final int VARCHAR_BYTES = 65_535;
    private static final Set<String> PADDED = Set.of("bpchar", "char", "character");
    private static final Set<String> FLOATS = Set.of("float8", "float4");
    private static final Set<String> INTEGERS = Set.of("int8", "int4", "int2", "bigserial", "serial", "smallserial");
    private static final Map<ColumnType, Set<String>> TYPES = Map.of(
            ColumnType.TEXT, union(Set.of("varchar", "text"), PADDED),
            ColumnType.BIGINT, INTEGERS,
            ColumnType.INTEGER, INTEGERS,
            ColumnType.NUMERIC, union(union(Set.of("numeric", "decimal"), FLOATS), INTEGERS),
            ColumnType.BOOLEAN, Set.of("bool", "boolean"),
            ColumnType.DATE, Set.of("date"),
            ColumnType.TIMESTAMPTZ, Set.of("timestamp", TIME_ZONED));

    public TableShape {
        present = Map.copyOf(present);
    }

    /** @throws SyncException if a column that the stream file names is gone or has another type */
    static TableShape of(ShareTable table, ResultSetMetaData columns) throws SQLException {
        Map<String, Integer> places = places(columns);
        Map<String, String> present = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> column : places.entrySet()) {
            present.put(column.getKey(), columns.getColumnTypeName(column.getValue()));
        }
        List<ShareColumn> wanted = new ArrayList<>();
        wanted.add(new ShareColumn(COMPANY, ColumnType.BIGINT, java.util.Optional.empty()));
        if (table.hasId()) {
            wanted.add(new ShareColumn(ID, ColumnType.BIGINT, java.util.Optional.empty()));
        }
        wanted.addAll(table.columns());
        Map<String, CanonicalField> fields = new LinkedHashMap<>();
        for (ShareColumn column : wanted) {
            Integer place = places.get(column.name());
            if (place == null) {
                throw new SyncException(ShareErrorCode.SHARE_COLUMN_MISSING, table.table() + "." + column.name());
            }
            String type = columns.getColumnTypeName(place);
            if (!TYPES.get(column.type()).contains(type)) {
                throw new SyncException(ShareErrorCode.SHARE_COLUMN_RETYPED, table.table() + "."
                        + column.name() + " is " + type + ", the stream file says " + column.type().sql());
            }
            fields.put(column.name(),
                    new CanonicalField(expression(columns.getColumnName(place), type), column.type(),
                            form(type, columns.getPrecision(place), columns.getScale(place))));
        }
        return new TableShape(table, fields, present);
    }

    /**
     * Redshift tells the names of columns in lower case, or all in upper case where it is told to; a case of their own
     * they may have elsewhere. One that is spelled as the stream file has it comes first.
     */
    private static Map<String, Integer> places(ResultSetMetaData columns) throws SQLException {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnName(i);
            String lower = name.toLowerCase(Locale.ROOT);
            if (name.equals(lower)) {
                places.put(lower, i);
            } else {
                places.putIfAbsent(lower, i);
            }
        }
        return places;
    }

    /** An instant with a zone is taken at UTC, as those without one are meant; text of a fixed length without pads. */
    private static String expression(String name, String type) {
        String column = "\"" + name.replace("\"", "\"\"") + "\"";
        if (PADDED.contains(type)) {
            return "cast(" + column + " as varchar(" + VARCHAR_BYTES + "))";
        }
        return type.equals(TIME_ZONED) ? "(" + column + " at time zone 'UTC')" : column;
    }

    /** Only PostgreSQL has amounts without a declared scale, Redshift always declares one. */
    private static NumberForm form(String type, int precision, int scale) {
        if (FLOATS.contains(type)) {
            return NumberForm.FLOAT;
        }
        if (INTEGERS.contains(type) || precision > 0 && scale == 0) {
            return NumberForm.WHOLE;
        }
        return scale > 0 && scale <= precision && precision <= PRECISION_MOST ? NumberForm.DECIMALS : NumberForm.ANY;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The fields whose values the stream's own columns hold too, by the stream's column. What rules for personal data
     * make of a value is no longer the share's.
     */
    public Map<String, CanonicalField> comparable() {
        Map<String, CanonicalField> comparable = new LinkedHashMap<>();
        table.columns().stream().filter(column -> column.rule().isEmpty())
                .forEach(column -> column.fills().ifPresent(name -> comparable.put(name, fields.get(column.name()))));
        return comparable;
    }

    /** The types of the fields by name, in the order in which they are read. */
    public Map<String, ColumnType> types() {
        Map<String, ColumnType> types = new LinkedHashMap<>();
        fields.forEach((name, field) -> types.put(name, field.type()));
        return types;
    }

    /** Tells whether ids are made of numbers: those that were made of them as declared are others than those of now. */
    public boolean isKeyRespelled() {
        return table.key().stream().anyMatch(name -> fields.get(name).type() == ColumnType.NUMERIC);
    }
}

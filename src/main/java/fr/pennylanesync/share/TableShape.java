package fr.pennylanesync.share;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.ShareTable;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table of the share as it is now, found without its catalogue: a login sees no table in there.
 *
 * @param fields what is read of each row, by column: company and id first
 * @param present every column with its type, as the driver tells it
 */
public record TableShape(ShareTable table, Map<String, CanonicalField> fields, Map<String, String> present) {

    public static final String COMPANY = "company_id";
    public static final String ID = "id";

    /** An amount without a declared scale: only PostgreSQL has such, Redshift always declares one. */
    private static final int SCALE_UNDECLARED = 6;
    private static final int SCALE_OF_DOUBLE = 2;
    private static final Set<Integer> DOUBLES = Set.of(Types.DOUBLE, Types.FLOAT, Types.REAL);
    private static final Map<ColumnType, Set<Integer>> TYPES = Map.of(
            ColumnType.TEXT, Set.of(Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.NVARCHAR),
            ColumnType.BIGINT, Set.of(Types.BIGINT, Types.INTEGER, Types.SMALLINT),
            ColumnType.INTEGER, Set.of(Types.BIGINT, Types.INTEGER, Types.SMALLINT),
            ColumnType.NUMERIC,
            Set.of(Types.NUMERIC, Types.DECIMAL, Types.DOUBLE, Types.FLOAT, Types.REAL, Types.BIGINT, Types.INTEGER),
            ColumnType.BOOLEAN, Set.of(Types.BOOLEAN, Types.BIT),
            ColumnType.DATE, Set.of(Types.DATE),
            ColumnType.TIMESTAMPTZ, Set.of(Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE));

    public TableShape {
        present = Map.copyOf(present);
    }

    /** @throws SyncException if a column that the stream file names is gone or has another type */
    static TableShape of(ShareTable table, ResultSetMetaData columns) throws SQLException {
        Map<String, Integer> places = new LinkedHashMap<>();
        Map<String, String> present = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            places.put(columns.getColumnName(i), i);
            present.put(columns.getColumnName(i), columns.getColumnTypeName(i));
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
            int type = columns.getColumnType(place);
            if (!TYPES.get(column.type()).contains(type)) {
                throw new SyncException(ShareErrorCode.SHARE_COLUMN_RETYPED, table.table() + "."
                        + column.name() + " is "
                        + columns.getColumnTypeName(place) + ", the stream file says " + column.type().sql());
            }
            fields.put(column.name(), new CanonicalField("\"" + column.name() + "\"", column.type(),
                    scale(type, columns.getPrecision(place), columns.getScale(place))));
        }
        return new TableShape(table, fields, present);
    }

    private static int scale(int type, int precision, int scale) {
        if (DOUBLES.contains(type)) {
            return SCALE_OF_DOUBLE;
        }
        return precision > 0 ? scale : SCALE_UNDECLARED;
    }

    /** The fields whose values the stream's own columns hold too, by the stream's column. */
    public Map<String, CanonicalField> comparable() {
        Map<String, CanonicalField> comparable = new LinkedHashMap<>();
        table.columns()
                .forEach(column -> column.fills().ifPresent(name -> comparable.put(name, fields.get(column.name()))));
        return comparable;
    }
}

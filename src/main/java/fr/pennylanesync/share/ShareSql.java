package fr.pennylanesync.share;

import fr.pennylanesync.stream.ColumnType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements. One text for Redshift and for PostgreSQL (which needs a function {@code strtol(varchar, int)}): no
 * catalogue, no numbered pages, no parameters, since a prepared statement does not survive the weekly rebuild of a
 * table. Names come from checked stream files, values are numbers and months.
 */
public final class ShareSql {

    private static final String MONTH = "month_of_row";

    private final Optional<String> database;

    /** @param database where the tables are, if it is another than that of the connection, which Redshift permits */
    ShareSql(Optional<String> database) {
        this.database = database;
    }

    /** Dates and instants are read as text: what spells them may not hang on the server, the login or this JVM. */
    static List<String> session() {
        return List.of("set timezone to 'UTC'", "set datestyle to 'ISO, YMD'");
    }

    /** One snapshot: a digest and the rows that are read after it agree. */
    static String begin() {
        return "begin isolation level repeatable read read only";
    }

    String columns(String table) {
        return "select * from " + quoted(table) + " limit 0";
    }

    String companies() {
        return "select distinct id from " + quoted("pennylane.companies");
    }

    /** Rows by the month of their date. */
    String months(TableShape shape, long companyId) {
        return counts(quoted(shape) + company(shape, companyId), period(shape));
    }

    /** The months of rows with these ids. */
    String monthsOf(TableShape shape, long companyId, Collection<Long> ids) {
        return "select distinct " + month(period(shape)) + " as " + MONTH + " from " + quoted(shape)
                + company(shape, companyId) + " and " + id(shape) + " in ("
                + ids.stream().map(Object::toString).collect(Collectors.joining(", ")) + ")";
    }

    /** All rows of a company. */
    String count(TableShape shape, long companyId) {
        return "select count(*) as row_count from " + quoted(shape) + company(shape, companyId);
    }

    String digest(TableShape shape, long companyId, Partition partition) {
        return "select " + digest(shape.fields().values()) + ids(shape) + " from " + quoted(shape)
                + where(shape, companyId, partition);
    }

    /** Rows that have an id, and ids, see {@link IdCounts}; nothing for a table without ids. */
    private static String ids(TableShape shape) {
        return shape.table().hasId()
                ? ", count(" + id(shape) + ") as with_id, count(distinct " + id(shape) + ") as distinct_ids"
                : "";
    }

    /** The ids that several rows of a partition have. */
    String repeatedIds(TableShape shape, long companyId, Partition partition) {
        return repeatedIds(shape, where(shape, companyId, partition));
    }

    /** The ids that several rows of a company have. */
    String repeatedIds(TableShape shape, long companyId) {
        return repeatedIds(shape, company(shape, companyId));
    }

    private String repeatedIds(TableShape shape, String where) {
        return "select " + id(shape) + " as repeated_id from " + quoted(shape) + where + " and " + id(shape)
                + " is not null group by " + id(shape) + " having count(*) > 1 order by 1 limit "
                + (SetAsideRow.MOST + 1);
    }

    /** The digests of all months at once, over the fields that share and API both have. */
    String digests(TableShape shape, long companyId) {
        return digests(quoted(shape) + company(shape, companyId), period(shape), identity(shape),
                shape.comparable().values());
    }

    /**
     * @param rows what follows {@code from}
     * @param identity the field of the id; empty for rows without one
     */
    public static String digests(String rows, Optional<CanonicalField> period, Optional<CanonicalField> identity,
            Collection<CanonicalField> fields) {
        List<CanonicalField> hashed = Stream.concat(identity.stream(), fields.stream()).toList();
        return "select " + month(period) + " as " + MONTH + ", " + digest(hashed) + " from " + rows + byMonth(period);
    }

    /**
     * Rows by the month of their date. The days are counted first: they are few, and to spell the month of each row
     * costs as much again as to read it.
     *
     * @param rows what follows {@code from}
     */
    public static String counts(String rows, Optional<CanonicalField> period) {
        return period.filter(field -> field.type() == ColumnType.DATE)
                .map(field -> "select " + Partition.monthSql("\"day\"") + " as " + MONTH
                        + ", sum(\"of_day\") as row_count"
                        + " from (select " + field.column() + " as \"day\", count(*) as \"of_day\" from " + rows
                        + " group by 1) \"days\" group by 1")
                .orElseGet(() -> "select " + month(period) + " as " + MONTH + ", count(*) from " + rows
                        + byMonth(period));
    }

    /** Rows without a period are one group already, and Redshift groups by no constant. */
    private static String byMonth(Optional<CanonicalField> period) {
        return period.isPresent() ? " group by 1" : "";
    }

    /** Id and hash of each row of a part, over the fields that share and API both have. */
    String hashes(TableShape shape, long companyId, Partition partition) {
        return hashes(quoted(shape) + where(shape, companyId, partition),
                identity(shape).map(CanonicalField::valueSql).orElseGet(() -> CanonicalField.literal("0")),
                identity(shape),
                shape.comparable().values());
    }

    /** @param facts what is told of each row before its hash */
    public static String hashes(String rows, String facts, Optional<CanonicalField> identity,
            Collection<CanonicalField> fields) {
        List<CanonicalField> hashed = Stream.concat(identity.stream(), fields.stream()).toList();
        return "select " + facts + ", " + hash(hashed) + " from " + rows;
    }

    /**
     * Each field's value as text, in the order of the shape; rows without an id of their own are counted among their
     * likes.
     */
    String rows(TableShape shape, long companyId, Partition partition) {
        return "select " + values(shape) + occurrence(shape) + " from " + quoted(shape)
                + where(shape, companyId, partition);
    }

    private static Optional<CanonicalField> period(TableShape shape) {
        return shape.table().period().map(period -> shape.fields().get(period));
    }

    /**
     * Some of a company's rows, the newest ids first.
     *
     * @param changedBefore leaves out what changed later
     */
    String sample(TableShape shape, long companyId, Optional<String> changedBefore, int rows) {
        String settled = shape.table().updated().or(() -> shape.table().period())
                .filter(column -> changedBefore.isPresent())
                .map(column -> " and " + column(shape, column) + " < cast('" + changedBefore.get() + "' as timestamp)")
                .orElse("");
        return "select " + values(shape) + " from " + quoted(shape) + company(shape, companyId) + settled
                + " order by " + id(shape) + " desc limit " + rows;
    }

    private static Optional<CanonicalField> identity(TableShape shape) {
        return Optional.ofNullable(shape.table().hasId() ? shape.fields().get(TableShape.ID) : null);
    }

    private static String values(TableShape shape) {
        List<CanonicalField> fields = List.copyOf(shape.fields().values());
        return IntStream.range(0, fields.size()).mapToObj(i -> fields.get(i).valueSql() + " as c" + i)
                .collect(Collectors.joining(", "));
    }

    private static String occurrence(TableShape shape) {
        if (shape.table().hasId()) {
            return "";
        }
        String key = shape.table().key().stream().map(name -> distinguished(shape.fields().get(name)))
                .collect(Collectors.joining(", "));
        return ", cast(row_number() over (partition by " + key + " order by " + key + ") as varchar) as occurrence";
    }

    /** Redshift takes texts for equal that differ in blanks at their end: those of one length differ in nothing. */
    private static String distinguished(CanonicalField field) {
        return field.type() == ColumnType.TEXT ? field.column() + ", octet_length(" + field.column() + ")"
                : field.column();
    }

    private static String where(TableShape shape, long companyId, Partition partition) {
        if (partition.isWithoutRows()) {
            return company(shape, companyId) + " and " + Partition.NOTHING;
        }
        return company(shape, companyId)
                + period(shape).map(period -> " and " + partition.condition(period.column())).orElse("");
    }

    private static String company(TableShape shape, long companyId) {
        return " where " + column(shape, TableShape.COMPANY) + " = " + companyId;
    }

    private static String id(TableShape shape) {
        return column(shape, TableShape.ID);
    }

    private static String column(TableShape shape, String name) {
        return shape.fields().get(name).column();
    }

    private static String month(Optional<CanonicalField> period) {
        return period.map(field -> Partition.monthSql(field.column())).orElseGet(() -> CanonicalField.literal(""));
    }

    private static String canonical(Collection<CanonicalField> fields) {
        return joined(fields.stream().map(CanonicalField::sql).toList());
    }

    /** Short texts are joined before long ones: to join two copies both, and each field was in as many copies else. */
    private static String joined(List<String> fields) {
        return joined(IntStream.range(0, fields.size()).mapToObj(i -> i == 0 ? present("", fields.get(0))
                : present(Character.toString(CanonicalField.SEPARATOR), fields.get(i))).toList(), 0, fields.size());
    }

    private static String joined(List<String> texts, int from, int to) {
        int middle = (from + to) / 2;
        return to - from == 1 ? texts.get(from)
                : "(" + joined(texts, from, middle) + " || " + joined(texts, middle, to) + ")";
    }

    /** Returns an expression of a field with what stands before it, whether it has a value or not. */
    private static String present(String before, String field) {
        return "coalesce(" + (before.isEmpty() ? "" : CanonicalField.literal(before) + " || ") + field + ", "
                + CanonicalField.literal(before + CanonicalField.ABSENT) + ")";
    }

    /**
     * Two columns, see {@link RowDigest}. A row's text stands in it once: PostgreSQL computes what is named twice
     * twice.
     */
    public static String digest(Collection<CanonicalField> fields) {
        return digestOf(canonical(fields));
    }

    private static String digestOf(String text) {
        return "count(*) as row_count, coalesce(sum(cast(" + hash(text) + " as decimal(38,0))), 0) as row_sum";
    }

    /**
     * The same two columns, of rows that stand on a PostgreSQL. A row's text is computed once there, and no field is
     * asked for its length unless the whole is as long as a long text is: Redshift may not even try the whole.
     *
     * @param more further columns of the answer
     * @param columns of the rows that fields and further columns are made of
     * @param rows what follows {@code from}
     */
    public static String storedDigest(Collection<CanonicalField> fields, String more, String columns, String rows) {
        String text = "case when octet_length(row_text) <= " + CanonicalField.LONG_TEXT + " then row_text else "
                + canonical(fields) + " end";
        return "select " + digestOf(text) + more + " from (select " + columns + ", "
                + joined(fields.stream().map(CanonicalField::shortSql).toList()) + " as row_text from " + rows
                + " offset 0) stored";
    }

    private static String hash(Collection<CanonicalField> fields) {
        return hash(canonical(fields));
    }

    private static String hash(String text) {
        return "strtol(substring(md5(" + text + "), 1, " + RowDigest.HEX_DIGITS + "), 16)";
    }

    private String quoted(TableShape shape) {
        return quoted(shape.table().table());
    }

    private String quoted(String table) {
        return database.map(name -> "\"" + name.replace("\"", "\"\"") + "\".").orElse("") + "\""
                + table.replace(".", "\".\"") + "\"";
    }
}

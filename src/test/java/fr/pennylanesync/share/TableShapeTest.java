package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.share.CanonicalField.NumberForm;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.ShareTable;
import java.lang.reflect.Proxy;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a column as a driver describes it. */
class TableShapeTest {

    private record Described(String name, String type, int precision, int scale) {}

    /** A driver that knows no precision says 0: then each value is looked at for its point. */
    @ParameterizedTest
    @CsvSource({"numeric, 18, 2, DECIMALS", "numeric, 38, 37, DECIMALS", "numeric, 18, 0, WHOLE", "int8, 19, 0, WHOLE",
            "numeric, 0, 0, ANY", "numeric, 0, 2, ANY", "numeric, 3, 5, ANY", "numeric, 5, -2, ANY",
            "numeric, 65535, 65531, ANY", "numeric, -1, 0, ANY", "float8, 17, 17, FLOAT", "float4, 8, 8, FLOAT"})
    void numbersAreSpelledAsTheirDeclarationPermits(String type, int precision, int scale, NumberForm form)
            throws SQLException {
        TableShape shape = shape(ColumnType.NUMERIC, new Described("amount", type, precision, scale));
        assertThat(shape.fields().get("amount").form()).isEqualTo(form);
    }

    /** A SUPER is no text: what it says as one is nowhere promised. */
    @ParameterizedTest
    @CsvSource({"super, TEXT", "varbyte, TEXT", "geometry, TEXT", "hllsketch, TEXT", "super, NUMERIC",
            "time, TIMESTAMPTZ", "timetz, TIMESTAMPTZ", "interval, TEXT", "varchar, BOOLEAN", "timestamp, DATE",
            "numeric, BIGINT", "oid, BIGINT"})
    void aTypeThatHasNoSpellingStopsItsTable(String type, ColumnType declared) {
        assertThatThrownBy(() -> shape(declared, new Described("amount", type, 0, 0)))
                .isInstanceOfSatisfying(SyncException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ShareErrorCode.SHARE_COLUMN_RETYPED));
    }

    @Test
    void aColumnIsQuotedAsTheTableHasIt() throws SQLException {
        assertThat(shape(ColumnType.TEXT, new Described("AMOUNT", "varchar", 9, 0)).fields().get("amount").column())
                .isEqualTo("\"AMOUNT\"");
        assertThat(shape(ColumnType.TEXT, new Described("Amount", "bpchar", 9, 0),
                new Described("amount", "varchar", 9, 0), new Described("AMOUNT", "int8", 9, 0)).fields().get("amount")
                .column()).as("the one that is spelled so, wherever it stands").isEqualTo("\"amount\"");
    }

    /** A varchar without a length has 256 bytes on Redshift, and what is longer is cut off without a word. */
    @Test
    void aTextOfAFixedLengthIsTakenWhole() throws SQLException {
        assertThat(shape(ColumnType.TEXT, new Described("amount", "bpchar", 4_096, 0)).fields().get("amount").column())
                .isEqualTo("cast(\"amount\" as varchar(65535))");
    }

    @Test
    void aColumnThatNothingReadsMayHaveAnyType() throws SQLException {
        assertThat(shape(ColumnType.TEXT, new Described("amount", "varchar", 9, 0),
                new Described("Details", "super", 0, 0)).present()).containsEntry("details", "super");
    }

    private static TableShape shape(ColumnType declared, Described... columns) throws SQLException {
        List<Described> all = new java.util.ArrayList<>(List.of(new Described("company_id", "int8", 19, 0),
                new Described("id", "int8", 19, 0)));
        all.addAll(List.of(columns));
        return TableShape.of(new ShareTable("pennylane.lines", List.of(), Optional.empty(), Optional.empty(),
                List.of(new ShareColumn("amount", declared, Optional.empty()))), metaData(all));
    }

    private static ResultSetMetaData metaData(List<Described> columns) {
        return (ResultSetMetaData) Proxy.newProxyInstance(TableShapeTest.class.getClassLoader(),
                new Class<?>[] {ResultSetMetaData.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getColumnCount")) {
                        return columns.size();
                    }
                    Described column = columns.get((int) arguments[0] - 1);
                    return switch (method.getName()) {
                        case "getColumnName" -> column.name();
                        case "getColumnTypeName" -> column.type();
                        case "getPrecision" -> column.precision();
                        case "getScale" -> column.scale();
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}

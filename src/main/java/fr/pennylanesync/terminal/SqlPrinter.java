package fr.pennylanesync.terminal;

import fr.pennylanesync.logging.VisibleText;
import fr.pennylanesync.terminal.TextTable.Align;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs statements and prints their rows, as a table for people or as CSV for programs. */
public final class SqlPrinter {

    private static final int ROWS_MAX = 10_000;
    private static final int ROWS_PER_FETCH = 1_000;
    private static final String NOT_PERMITTED = "42501";
    private static final String READ_ONLY = "25006";
    private static final Set<Integer> FIGURES = Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC,
            Types.DECIMAL, Types.REAL, Types.DOUBLE);

    private final Connection connection;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean csv;

    public SqlPrinter(Connection connection, PrintWriter out, PrintWriter err, boolean csv) {
        this.connection = connection;
        this.out = out;
        this.err = err;
        this.csv = csv;
    }

    /** @return whether the statement was carried out; else its failure was told, and the session goes on */
    public boolean run(String sql) {
        try {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_PER_FETCH);
                boolean hasRows = statement.execute(sql);
                while (hasRows || statement.getUpdateCount() >= 0) {
                    if (hasRows) {
                        print(statement.getResultSet());
                    }
                    hasRows = statement.getMoreResults();
                }
            } finally {
                connection.rollback();
            }
            return true;
        } catch (SQLException refused) {
            err.println(VisibleText.lines(String.valueOf(refused.getMessage()))
                    + hint(String.valueOf(refused.getSQLState())));
            err.flush();
            return false;
        }
    }

    private static String hint(String state) {
        return switch (state) {
            case NOT_PERMITTED -> "\nOnly schema pennylane can be read here, and nothing can be written.";
            case READ_ONLY -> "\nNothing can be written here: the warehouse is Pennylane's copy.";
            default -> "";
        };
    }

    private void print(ResultSet rows) throws SQLException {
        if (csv) {
            printCsv(rows);
        } else {
            printTable(rows);
        }
        out.flush();
    }

    private void printTable(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<Align> aligns = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            aligns.add(FIGURES.contains(columns.getColumnType(column)) ? Align.RIGHT : Align.LEFT);
        }
        TextTable table = new TextTable(heads(columns), aligns);
        int count = 0;
        while (count < ROWS_MAX && rows.next()) {
            table.add(cells(rows, columns.getColumnCount()));
            count++;
        }
        table.lines().forEach(out::println);
        out.println("(" + PlainWords.count(count, "row") + (count == ROWS_MAX && rows.next()
                ? ", and more: --csv prints all of them"
                : "") + ")");
    }

    private void printCsv(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        out.println(csvLine(heads(columns)));
        while (rows.next()) {
            out.println(csvLine(cells(rows, columns.getColumnCount())));
        }
    }

    private static String csvLine(List<String> cells) {
        return cells.stream().map(cell -> cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"'
                : cell).collect(Collectors.joining(","));
    }

    private static List<String> heads(ResultSetMetaData columns) throws SQLException {
        List<String> heads = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            heads.add(columns.getColumnLabel(column));
        }
        return heads;
    }

    private static List<String> cells(ResultSet rows, int columns) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            String cell = rows.getString(column);
            cells.add(cell == null ? "" : cell);
        }
        return cells;
    }
}

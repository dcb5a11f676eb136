package fr.pennylanesync.sandbox.share;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the share as a client does, with either driver. */
record ShareReader(String url, ShareLogin login) {

    static ShareReader of(SandboxShare share) {
        return new ShareReader(share.jdbcUrl(), share.login());
    }

    ShareReader as(ShareLogin other) {
        return new ShareReader(url, other);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, login.username(), login.password());
    }

    /** All rows of a query, each by its columns' names. */
    List<Map<String, Object>> rows(String query) {
        try (Connection connection = connect(); Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<Map<String, Object>> rows = new ArrayList<>();
            while (found.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.put(found.getMetaData().getColumnLabel(i), found.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException refused) {
            throw new RefusedException(refused.getSQLState(), refused);
        }
    }

    /** The rows of a query by the first of its columns, a number. */
    Map<Long, Map<String, Object>> byId(String query) {
        Map<Long, Map<String, Object>> rows = new LinkedHashMap<>();
        rows(query).forEach(row -> rows.put((Long) row.get("id"), row));
        return rows;
    }

    Object value(String query) {
        return rows(query).get(0).values().iterator().next();
    }

    long count(String table) {
        return (Long) value("select count(*) from " + table);
    }

    BigDecimal amount(String query) {
        return (BigDecimal) value(query);
    }

    /** The share's answer to a query that it refuses. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String state;

        RefusedException(String state, SQLException cause) {
            super(state + " " + cause.getMessage(), cause);
            this.state = state;
        }

        String state() {
            return state;
        }
    }
}

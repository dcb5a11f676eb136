package fr.pennylanesync.warehouse;

import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes new rows with COPY, about twice as quick as any INSERT; takes part in the caller's transaction. */
public final class RowCopy {

    private static final int TEXT_PER_ROW = 1024;
    private static final String NULL = "\\N";

    private final JdbcTemplate jdbc;

    public RowCopy(DataSource source) {
        this.jdbc = new JdbcTemplate(source);
    }

    /** @param records of which the table has none */
    void write(StreamDefinition stream, long companyId, List<StreamRecord> records, long batchId, Source source) {
        if (records.isEmpty()) {
            return;
        }
        jdbc.execute((Connection connection) -> {
            String now = now(connection);
            StringBuilder rows = new StringBuilder(records.size() * TEXT_PER_ROW);
            records.forEach(record -> append(rows, companyId, record, batchId, source, now));
            copy(connection, "copy " + StreamTables.table(stream) + " (company_id, id" + stream.columns().stream().map(Column::name)
                    .map(StreamTables::quoted).map(name -> ", " + name).collect(Collectors.joining())
                    + ", payload, record_hash, source, batch_id, first_seen_at, changed_at) from stdin", rows.toString());
            return null;
        });
    }

    private static String now(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery("select now()::text")) {
            result.next();
            return result.getString(1);
        }
    }

    private static void copy(Connection connection, String sql, String rows) throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(rows));
        } catch (IOException brokenConnection) {
            throw new DataAccessResourceFailureException("the connection broke during COPY", brokenConnection);
        }
    }

    private static void append(StringBuilder rows, long companyId, StreamRecord record, long batchId, Source source, String now) {
        rows.append(companyId).append('\t').append(record.id());
        record.values().forEach(value -> text(rows.append('\t'), value));
        text(rows.append('\t'), record.payload());
        rows.append("\t\\\\x").append(record.hash()).append('\t').append(source.label()).append('\t').append(batchId)
                .append('\t').append(now).append('\t').append(now).append('\n');
    }

    private static void text(StringBuilder rows, String value) {
        if (value == null) {
            rows.append(NULL);
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> rows.append("\\\\");
                case '\t' -> rows.append("\\t");
                case '\n' -> rows.append("\\n");
                case '\r' -> rows.append("\\r");
                default -> rows.append(c);
            }
        }
    }
}

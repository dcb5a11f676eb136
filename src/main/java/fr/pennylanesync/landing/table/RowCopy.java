package fr.pennylanesync.landing.table;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes new rows with COPY, about twice as quick as any INSERT; takes part in the caller's transaction. */
public final class RowCopy {

    private static final int TEXT_PER_ROW = 1024;
    private static final int BUFFER_BYTES = 256 * 1024;
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
        String sql = "copy " + StreamTables.table(stream) + " (company_id, id"
                + stream.columns().stream().map(Column::name)
                        .map(StreamTables::quoted).map(name -> ", " + name).collect(Collectors.joining())
                + ", payload, record_hash, source, batch_id, first_seen_at, changed_at) from stdin";
        jdbc.execute((Connection connection) -> {
            String tail = '\t' + source.label() + '\t' + batchId + ('\t' + now(connection)).repeat(2) + '\n';
            String head = companyId + "\t";
            try (PGCopyOutputStream out =
                    new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql, BUFFER_BYTES)) {
                StringBuilder row = new StringBuilder(TEXT_PER_ROW);
                for (StreamRecord record : records) {
                    row.setLength(0);
                    append(row.append(head), record).append(tail);
                    out.write(row.toString().getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException brokenConnection) {
                if (brokenConnection.getCause() instanceof SQLException refused) {
                    throw refused;
                }
                throw new DataAccessResourceFailureException("the connection broke during COPY", brokenConnection);
            }
            return null;
        });
    }

    private static String now(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery("select now()::text")) {
            result.next();
            return result.getString(1);
        }
    }

    private static StringBuilder append(StringBuilder row, StreamRecord record) {
        row.append(record.id());
        record.values().forEach(value -> text(row.append('\t'), value));
        row.append('\t').append(escapedJson(record.payload()));
        return row.append("\t\\\\x").append(record.hash());
    }

    /** JSON text holds no control character; its own escapes begin with what COPY takes for one. */
    private static String escapedJson(String json) {
        return json.indexOf('\\') < 0 ? json : json.replace("\\", "\\\\");
    }

    private static void text(StringBuilder row, String value) {
        if (value == null) {
            row.append(NULL);
            return;
        }
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            String escaped = switch (value.charAt(i)) {
                case '\\' -> "\\\\";
                case '\t' -> "\\t";
                case '\n' -> "\\n";
                case '\r' -> "\\r";
                default -> null;
            };
            if (escaped != null) {
                row.append(value, written, i).append(escaped);
                written = i + 1;
            }
        }
        row.append(written == 0 ? value : value.substring(written));
    }
}

package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * What a careful engineer writes in an afternoon: a cursor over the share's table, a JSON payload and its SHA-256 for
 * each row, COPY to a stage, and a merge of the stage into the table. It proves nothing of what came to stand there.
 */
public final class HandWrittenLoop {

    private static final int ROWS_PER_BATCH = 10_000;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String[] COLUMNS = {"company_id", "id", "date", "label", "debit", "credit", "plan_item_number",
            "lettering", "plan_item_label", "journal_code", "document_id", "document_label", "invoice_number",
            "fec_pieceref", "thirdparty_id", "thirdparty_plan_item_number", "document_created_at",
            "document_updated_at"};
    private static final boolean[] IS_NUMBER = {true, true, false, false, true, true, false, true, false, false, true,
            false, false, false, true, false, false, false};

    private HandWrittenLoop() {}

    /** @param arguments share and warehouse: URL, user and password each */
    public static void main(String[] arguments) throws Exception {
        Database share = new Database(arguments[0], arguments[1], arguments[2]);
        Database target = new Database(arguments[3], arguments[4], arguments[5]);
        try (Connection from = share.connect(); Connection to = target.connect();
                Statement select = from.createStatement(); Statement merge = to.createStatement()) {
            from.setAutoCommit(false);
            to.setAutoCommit(false);
            merge.execute("create temp table stage (like pennylane.ledger_entry_lines) on commit delete rows");
            select.setFetchSize(ROWS_PER_BATCH);
            try (ResultSet rows = select
                    .executeQuery("select " + String.join(", ", COLUMNS) + " from " + LedgerOfLife.TABLE)) {
                boolean more = true;
                while (more) {
                    more = stage(rows, to);
                    merge.execute(MERGE);
                    to.commit();
                }
            }
        }
    }

    private static final String MERGE = """
            insert into pennylane.ledger_entry_lines as t select * from stage on conflict (company_id, id)
            do update set date = excluded.date, ledger_account_number = excluded.ledger_account_number,
                label = excluded.label, debit = excluded.debit, credit = excluded.credit,
                payload = excluded.payload, record_hash = excluded.record_hash, batch_id = excluded.batch_id,
                changed_at = excluded.changed_at
            where t.record_hash <> excluded.record_hash""";

    /** @return whether rows may still come */
    private static boolean stage(ResultSet rows, Connection to) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        StringBuilder json = new StringBuilder(1024);
        StringBuilder line = new StringBuilder(2048);
        int taken = 0;
        try (PGCopyOutputStream out = new PGCopyOutputStream(to.unwrap(PGConnection.class),
                "copy stage (company_id, id, date, label, debit, credit, ledger_account_number, payload, record_hash,"
                        + " source, batch_id, first_seen_at, changed_at) from stdin",
                BUFFER_BYTES)) {
            while (taken < ROWS_PER_BATCH && rows.next()) {
                taken++;
                json.setLength(0);
                line.setLength(0);
                for (int i = 0; i < COLUMNS.length; i++) {
                    String value = rows.getString(i + 1);
                    json(json.append(i == 0 ? "{\"" : ",\"").append(COLUMNS[i]).append("\":"), value, IS_NUMBER[i]);
                    if (i < 7) {
                        copy(line, value).append('\t');
                    }
                }
                String payload = json.append('}').toString();
                copy(line, payload).append("\t\\\\x")
                        .append(HexFormat.of().formatHex(sha256.digest(payload.getBytes(StandardCharsets.UTF_8))))
                        .append("\tshare\t1\tnow\tnow\n");
                out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return taken == ROWS_PER_BATCH;
    }

    private static void json(StringBuilder out, String value, boolean number) {
        if (value == null || number) {
            out.append(value);
            return;
        }
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Writes a value as the text format of COPY takes it. */
    static StringBuilder copy(StringBuilder out, String value) {
        if (value == null) {
            return out.append("\\N");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out;
    }
}

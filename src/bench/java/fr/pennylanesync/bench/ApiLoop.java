package fr.pennylanesync.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.bench.BenchmarkServer.Database;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HexFormat;
import org.postgresql.PGConnection;

/**
 * What a careful engineer writes in an afternoon to copy one list of the API: page after page by the cursor, each
 * record's JSON and its SHA-256, COPY to a stage, and a merge of the stage into the table. It checks no page, keeps no
 * checkpoint, and proves nothing of what came to stand there.
 */
public final class ApiLoop {

    private static final String[] COLUMNS = {"date", "label", "debit", "credit", "created_at", "updated_at"};
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final int OK = 200;

    private static final String MERGE = """
            insert into pennylane.ledger_entry_lines as t select * from stage on conflict (company_id, id)
            do update set date = excluded.date, label = excluded.label, debit = excluded.debit,
                credit = excluded.credit, created_at = excluded.created_at, updated_at = excluded.updated_at,
                payload = excluded.payload, record_hash = excluded.record_hash, batch_id = excluded.batch_id,
                changed_at = excluded.changed_at
            where t.record_hash <> excluded.record_hash""";

    private ApiLoop() {}

    /** @param arguments the API's base, the token's file, the company's id; URL, user and password of the warehouse */
    public static void main(String[] arguments) throws Exception {
        String token = Files.readString(Path.of(arguments[1])).strip();
        HttpClient http = HttpClient.newHttpClient();
        Database target = new Database(arguments[3], arguments[4], arguments[5]);
        try (Connection to = target.connect(); Statement merge = to.createStatement()) {
            to.setAutoCommit(false);
            merge.execute("create temp table stage (like pennylane.ledger_entry_lines) on commit delete rows");
            String cursor = null;
            boolean more = true;
            while (more) {
                String query = "?limit=100&sort=id"
                        + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
                JsonNode page = page(http, URI.create(arguments[0] + "/ledger_entry_lines" + query), token);
                stage(page.get("items"), arguments[2], to);
                merge.execute(MERGE);
                to.commit();
                more = page.get("has_more").booleanValue();
                cursor = page.path("next_cursor").textValue();
            }
        }
    }

    private static JsonNode page(HttpClient http, URI uri, String token) throws Exception {
        var answer = http.send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token)
                .build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != OK) {
            throw new IllegalStateException("the API answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private static void stage(JsonNode records, String company, Connection to) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (JsonNode record : records) {
            byte[] payload = JSON.writeValueAsBytes(record);
            StringBuilder line = new StringBuilder(company).append('\t').append(record.get("id").longValue());
            for (String column : COLUMNS) {
                JsonNode value = record.path(column);
                HandWrittenLoop.copy(line.append('\t'),
                        value.isMissingNode() || value.isNull() ? null : value.asText());
            }
            HandWrittenLoop.copy(line.append('\t'), new String(payload, StandardCharsets.UTF_8)).append("\t\\\\x")
                    .append(HexFormat.of().formatHex(sha256.digest(payload))).append("\tapi\t1\tnow\tnow\n");
            rows.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        var copy = to.unwrap(PGConnection.class).getCopyAPI().copyIn("copy stage (company_id, id, "
                + String.join(", ", COLUMNS)
                + ", payload, record_hash, source, batch_id, first_seen_at, changed_at) from stdin");
        copy.writeToCopy(rows.toByteArray(), 0, rows.size());
        copy.endCopy();
    }
}

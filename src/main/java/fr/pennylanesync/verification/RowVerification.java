package fr.pennylanesync.verification;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.verification.StoredColumn.Verdict;
import fr.pennylanesync.warehouse.CopiedRow;
import fr.pennylanesync.warehouse.SharedSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds each row of a stream, and each version that was replaced, against itself: its record hash against its payload,
 * and its typed columns against what its payload says.
 */
final class RowVerification {

    private static final int PAYLOAD = 2;
    private static final int HASH = 3;
    private static final int SOURCE = 4;
    private static final int FIRST_COLUMN = 5;

    /** A column that only the database can compare. */
    private record Doubt(String place, StoredColumn column, String stored, String expected) {}

    private final SharedSnapshot snapshot;
    private final VerifiedStream part;
    private final List<StoredColumn> columns;
    private final VerificationProgress progress;
    private final Differences differences;
    /** Hold what gives each column's value, by the source of a row. */
    private final Map<String, List<Function<JsonNode, Optional<String>>>> readers = new HashMap<>();
    /** Hold what recognises most rows, by the source of a row. */
    private final Map<String, SoundRows> sound = new HashMap<>();
    private final List<Doubt> doubts = new ArrayList<>();
    private long rows;

    RowVerification(SharedSnapshot snapshot, VerifiedStream part, VerificationProgress progress,
            Differences differences) {
        this.snapshot = snapshot;
        this.part = part;
        this.columns = part.stream().columns().stream().map(StoredColumn::new).toList();
        this.progress = progress;
        this.differences = differences;
    }

    /** @return how many rows and versions were looked at */
    long verify() {
        String parent = part.stream().parentColumn().map(StreamTables::quoted).orElse("0::bigint");
        snapshot.copy(part.bound("select " + parent + ", id, payload::text, record_hash, source"
                + columns.stream().map(column -> ", " + column.expression()).collect(Collectors.joining())
                + " from :table t where company_id = :company and t.batch_id :landed"), FIRST_COLUMN + columns.size(),
                this::row);
        snapshot.copy(part.bound("select parent_id, id, payload::text, record_hash from pennylane_sync.record_version v"
                + " where company_id = :company and stream = :stream and v.replaced_by_batch_id :landed"), HASH + 1,
                this::version);
        doubts.forEach(this::ask);
        return rows;
    }

    private void row(CopiedRow row) {
        if (sound.computeIfAbsent(row.text(SOURCE), this::soundRows).isSound(row)) {
            rows++;
            progress.row();
        } else {
            lookClosely(row);
        }
    }

    private SoundRows soundRows(String source) {
        return new SoundRows(part.stream(), columns, Source.of(source), PAYLOAD, HASH, FIRST_COLUMN);
    }

    private void lookClosely(CopiedRow row) {
        JsonNode payload = payload(row, "row ");
        List<Function<JsonNode, Optional<String>>> values = readers.computeIfAbsent(row.text(SOURCE), this::readers);
        for (int i = 0; i < columns.size(); i++) {
            StoredColumn stored = columns.get(i);
            Optional<String> expected = values.get(i).apply(payload);
            Verdict verdict = stored.compare(row, FIRST_COLUMN + i, expected);
            if (verdict == Verdict.DIFFERENT) {
                differ(place(row, "row "), stored);
            } else if (verdict == Verdict.UNKNOWN) {
                doubts.add(new Doubt(place(row, "row "), stored, stored.text(row, FIRST_COLUMN + i),
                        expected.orElseThrow()));
            }
        }
    }

    private List<Function<JsonNode, Optional<String>>> readers(String source) {
        return columns.stream().map(column -> Source.of(source).reader(part.stream(), column.column())).toList();
    }

    private void version(CopiedRow row) {
        payload(row, "version ");
    }

    private JsonNode payload(CopiedRow row, String kind) {
        rows++;
        progress.row();
        JsonNode payload = row.utf8(PAYLOAD, StorableJson::read);
        if (!RecordMapper.hash(payload).equals(Sha256.stored(row.bytes(HASH)))) {
            differences.add(place(row, kind) + ": the payload does not match its record hash");
        }
        return payload;
    }

    private static String place(CopiedRow row, String kind) {
        return kind + row.number(0) + "/" + row.number(1);
    }

    private void ask(Doubt doubt) {
        ColumnType type = doubt.column().column().type();
        boolean same = snapshot.jdbc().sql(StoredColumn.isSame(type)).params(doubt.stored(), doubt.expected())
                .query(Boolean.class).single();
        if (!same) {
            differ(doubt.place(), doubt.column());
        }
    }

    private void differ(String place, StoredColumn column) {
        differences.add(place + " column " + column.column().name() + ": is not what the payload says");
    }
}

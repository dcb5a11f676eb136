package fr.pennylanesync.landing.table;

import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Fills a column that a stream file gained from the payloads that are already here, so that no record must be read
 * again for it.
 */
public final class ColumnFill {

    private static final int ROWS_AT_ONCE = 1000;

    private final JdbcClient jdbc;

    ColumnFill(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void fill(StreamDefinition stream, Column column) {
        List<String> key = StreamTables.key(stream);
        List<Long> after = key.stream().map(k -> Long.MIN_VALUE).toList();
        List<FillRow> rows = page(stream, key, after);
        while (!rows.isEmpty()) {
            write(stream, column, key, rows);
            after = rows.get(rows.size() - 1).key();
            rows = page(stream, key, after);
        }
    }

    private record FillRow(List<Long> key, Source source, String payload) {}

    private List<FillRow> page(StreamDefinition stream, List<String> key, List<Long> after) {
        return jdbc
                .sql("select " + StreamTables.list(key) + ", payload::text, source from " + StreamTables.table(stream)
                        + " where ("
                        + StreamTables.list(key) + ") > (" + StreamTables.list(key.stream().map(k -> "?").toList())
                        + ") order by "
                        + StreamTables.list(key) + " limit " + ROWS_AT_ONCE)
                .params(after)
                .query((row, n) -> new FillRow(IntStream.rangeClosed(1, key.size()).mapToObj(i -> {
                    try {
                        return row.getLong(i);
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException("a key column is a bigint", e);
                    }
                }).toList(), Source.of(row.getString(key.size() + 2)),
                        row.getString(key.size() + 1)))
                .list();
    }

    private void write(StreamDefinition stream, Column column, List<String> key, List<FillRow> rows) {
        String arrays = IntStream.range(0, key.size()).mapToObj(i -> "?::bigint[]").collect(Collectors.joining(", "));
        String names = IntStream.range(0, key.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
        String match = IntStream.range(0, key.size()).mapToObj(i -> "t." + key.get(i) + " = f.k" + i)
                .collect(Collectors.joining(" and "));
        var statement = jdbc.sql(
                "update " + StreamTables.table(stream) + " t set " + StreamTables.quoted(column.name()) + " = f.v::"
                        + column.type().sql() + " from unnest(" + arrays + ", ?::text[]) as f(" + names + ", v) where "
                        + match);
        for (int i = 0; i < key.size(); i++) {
            int position = i;
            statement = statement.param(rows.stream().map(row -> row.key().get(position)).toArray(Long[]::new));
        }
        statement.param(rows.stream().map(row -> value(stream, column, row).orElse(null)).toArray(String[]::new))
                .update();
    }

    private static Optional<String> value(StreamDefinition stream, Column column, FillRow row) {
        return row.source().reader(stream, column).apply(StorableJson.read(row.payload()));
    }
}

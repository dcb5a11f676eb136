package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says in which order sub-lists and files are read, and which are left out: what changed comes first, then the newest
 * documents, then back through the years. What is older than {@code streams.<stream>.since} stays in its table and is
 * left out; it becomes due as soon as the setting allows it. A sub-list or a file that is here is kept up to date
 * whatever its age: nothing stands here that is no longer true.
 */
final class ReadingOrder {

    private final JdbcClient jdbc;

    ReadingOrder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives each sub-list that became due its turn, once. */
    void arrange(long companyId, StreamDefinition child, StreamDefinition parent) {
        jdbc.sql(String.format(Locale.ROOT, """
                update pennylane_sync.due d set
                    turn = case when a.listed then coalesce(a.day, current_date) else 'infinity' end,
                    left_out = coalesce(a.day < :since::date, false) and not exists (select 1 from %1$s c
                        where c.company_id = d.company_id and c.%2$s = d.id and c.deleted_at is null)
                from (select w.id, %3$s as day,
                        w.batch_id = :swept or coalesce(b.pass in ('walk', 'history'), false) as listed
                    from pennylane_sync.due w
                    left join %4$s p on p.company_id = w.company_id and p.id = w.id
                    left join pennylane_sync.batch b on b.id = w.batch_id
                    where w.company_id = :company and w.stream = :stream and w.turn is null) a
                where d.company_id = :company and d.stream = :stream and d.id = a.id and d.turn is null""",
                StreamTables.table(child), StreamTables.quoted(child.parentColumn().orElseThrow()), day(parent, "p"),
                StreamTables.table(parent)))
                .param("since", child.since().orElse(null), Types.DATE).param("company", companyId)
                .param("stream", child.name()).param("swept", DueRecords.SWEPT).update();
    }

    /** Holds what is left out of these streams against the setting, where that is another than the last time. */
    void limit(long companyId, Collection<StreamDefinition> streams) {
        new WaitingSubLists(jdbc).releaseFromOthers(companyId, streams.stream().map(StreamDefinition::name).toList());
        Set<String> others = jdbc.sql("""
                update pennylane_sync.stream_state s set since = w.since
                from unnest(:streams::text[], :dates::date[]) w(stream, since)
                where s.company_id = :company and s.stream = w.stream and s.since is distinct from w.since
                returning s.stream""").param("company", companyId)
                .param("streams", streams.stream().map(StreamDefinition::name).toArray(String[]::new))
                .param("dates", streams.stream().map(stream -> stream.since().map(LocalDate::toString).orElse(null))
                        .toArray(String[]::new))
                .query(String.class).set();
        streams.stream().filter(stream -> others.contains(stream.name())).forEach(stream -> limit(companyId, stream));
    }

    private void limit(long companyId, StreamDefinition stream) {
        if (stream.isChild()) {
            jdbc.sql("update pennylane_sync.due set turn = null, left_out = false where company_id = ? and stream = ?")
                    .params(companyId, stream.name()).update();
        } else {
            limitFiles(companyId, stream);
        }
    }

    private void limitFiles(long companyId, StreamDefinition stream) {
        jdbc.sql(String.format(Locale.ROOT, """
                update pennylane_sync.file f set turn = a.day, left_out = %s
                from (select t.id, %s as day from %s t where t.company_id = :company) a
                where f.company_id = :company and f.stream = :stream and f.record_id = a.id
                    and f.state <> 'ARCHIVED'""", fileLeftOut("a.day", "f"), day(stream, "t"),
                StreamTables.table(stream)))
                .param("since", stream.since().orElse(null), Types.DATE).param("company", companyId)
                .param("stream", stream.name()).update();
    }

    /**
     * The condition that a file is left out: its record lies before the limit, or retention removed the file, and its
     * record has no later date since. Its parameter is {@code since}.
     */
    static String fileLeftOut(String day, String file) {
        return String.format(Locale.ROOT, """
                coalesce(%1$s < :since::date, false) and not exists (%2$s)
                or exists (%2$s and h.removed_at is not null
                    and coalesce(extract(year from %1$s)::int, 0) <= h.record_year)""", day,
                "select 1 from pennylane_sync.file h where " + Stream.of("company_id", "stream", "parent_id",
                        "record_id", "field").map(part -> "h." + part + " = " + file + "." + part + " and ")
                        .collect(Collectors.joining()) + "h.state = 'ARCHIVED'");
    }

    /** The expression of a record's day. */
    static String day(StreamDefinition stream, String table) {
        Optional<Column> column = stream.dateColumn();
        return column.map(dated -> String.format(Locale.ROOT, "%s.%s::date", table, StreamTables.quoted(dated.name())))
                .orElse("null::date");
    }
}

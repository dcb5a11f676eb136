package fr.pennylanesync.landing.state;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.landing.record.StorableText;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code pennylane_sync.quarantine}: what was set aside and why; nothing is dropped for it and nothing waits
 * for it. What lands after all is resolved by its landing, whoever made it be read again.
 */
public final class Quarantine {

    /** The reason of a sweep that was stopped begins with it; the number of rows follows. */
    public static final String SWEEP_WOULD_DELETE = "SWEEP_WOULD_DELETE";

    /** The source names a record, or a parent its sub-list, and says that it may not be read. */
    public static final String FORBIDDEN = "FORBIDDEN";

    /** A parent is here, and its sub-list was not found. */
    public static final String NOT_FOUND = "NOT_FOUND";

    /** A record that exists when it is asked for alone, and is in no list. */
    public static final String NOT_LISTED = "NOT_LISTED";

    /** The subject of a partition of the data sharing begins with it; its months follow. */
    public static final String PARTITION = "partition ";

    /** The subject of a row of the data sharing begins with it; its months, its hash and its number follow. */
    public static final String ROW = "row ";

    private static final String READS_A_WHOLE_LIST = "^(walk|sweep) ";

    private final JdbcClient jdbc;

    public Quarantine(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Looks for what the transaction under way has changed.
     *
     * @return what tells it, once that is committed
     */
    public Runnable changes() {
        return new QuarantineChanges(jdbc).ofThisTransaction();
    }

    /**
     * Lists the columns that a value did not fit, and resolves earlier entries of the same records whose values now do.
     */
    public void columns(long companyId, String stream, List<StreamRecord> records) {
        List<Long> parents = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (StreamRecord record : records) {
            for (String column : record.misfits()) {
                parents.add(record.parentId());
                ids.add(record.id());
                columns.add(column);
            }
        }
        landed(companyId, stream, records);
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id, subject, reason)
                select ?, ?, 'COLUMN', u.parent, u.id, u.name, 'VALUE_DOES_NOT_FIT'
                from unnest(?::bigint[], ?::bigint[], ?::text[]) u(parent, id, name)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, first_seen_at = case
                    when quarantine.resolved_at is null or quarantine.resolved_at = now()
                    then quarantine.first_seen_at else now() end""")
                .params(companyId, stream, parents.toArray(Long[]::new), ids.toArray(Long[]::new),
                        columns.toArray(String[]::new))
                .update();
    }

    private void landed(long companyId, String stream, List<StreamRecord> records) {
        resolve("LANDED", companyId, stream, records.stream().map(StreamRecord::parentId).toArray(Long[]::new),
                records.stream().map(StreamRecord::id).toArray(Long[]::new));
    }

    /** Resolves what was set aside of records that the source no longer has: there is nothing left to read. */
    public void gone(long companyId, String stream, Collection<RowWriter.Written> rows) {
        resolve("GONE", companyId, stream, rows.stream().map(RowWriter.Written::parentId).toArray(Long[]::new),
                rows.stream().map(RowWriter.Written::id).toArray(Long[]::new));
    }

    private void resolve(String how, long companyId, String stream, Long[] parents, Long[] ids) {
        // Nearly always nothing is open: one look instead of thousands.
        if (ids.length == 0 || !hasOpen(companyId, stream)) {
            return;
        }
        jdbc.sql("""
                update pennylane_sync.quarantine q set resolved_at = now(), resolution = ?
                from unnest(?::bigint[], ?::bigint[]) u(parent, id)
                where q.company_id = ? and q.stream = ? and q.kind in ('COLUMN', 'RECORD') and q.parent_id = u.parent
                and q.record_id = u.id
                  and q.resolved_at is null""").params(how, parents, ids, companyId, stream).update();
    }

    private boolean hasOpen(long companyId, String stream) {
        return jdbc.sql("""
                select exists (select 1 from pennylane_sync.quarantine where company_id = ? and stream = ?
                and kind in ('COLUMN', 'RECORD') and resolved_at is null)""").params(companyId, stream)
                .query(Boolean.class).single();
    }

    /** Resolves the sub-lists of these parents: each was read after all. */
    public void subLists(long companyId, String stream, Collection<Long> parents) {
        if (parents.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update pennylane_sync.quarantine set resolved_at = now(), resolution = 'LANDED'
                where company_id = ? and stream = ? and kind = 'RECORD' and record_id = 0
                and parent_id = any(?::bigint[])
                  and resolved_at is null""").params(companyId, stream, parents.toArray(Long[]::new)).update();
    }

    /**
     * A row of the data sharing that no table can take.
     *
     * @param name tells it from all others of its table
     * @param recordId its id; 0 where it has none
     * @param raw as much of it as is kept
     */
    public record SourceRow(String name, long recordId, String reason, String raw) {}

    /** Sets rows of the data sharing aside, with what they hold. */
    public void rows(Checkpoint at, List<SourceRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, subject, reason, raw)
                select ?, ?, 'RECORD', u.id, u.name, u.reason, u.raw
                from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) u(id, name, reason, raw)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, reason = excluded.reason,
                    raw = excluded.raw,
                    first_seen_at = case when quarantine.resolved_at is null then quarantine.first_seen_at else now()
                        end""")
                .params(at.companyId(), at.stream(), rows.stream().map(SourceRow::recordId).toArray(Long[]::new),
                        rows.stream().map(row -> ROW + row.name()).toArray(String[]::new),
                        rows.stream().map(SourceRow::reason).toArray(String[]::new),
                        rows.stream().map(row -> StorableText.encode(row.raw())).toArray(String[]::new))
                .update();
    }

    /**
     * Resolves the rows of the data sharing that a reading did not find any more.
     *
     * @param gone says so by their name
     */
    public void rowsRead(Checkpoint at, Predicate<String> gone) {
        List<String> names = jdbc.sql("""
                select subject from pennylane_sync.quarantine where company_id = ? and stream = ? and kind = 'RECORD'
                and starts_with(subject, ?) and resolved_at is null""")
                .params(at.companyId(), at.stream(), ROW).query(String.class).list().stream()
                .filter(subject -> gone.test(subject.substring(ROW.length()))).toList();
        if (!names.isEmpty()) {
            jdbc.sql("""
                    update pennylane_sync.quarantine set resolved_at = now(), resolution = 'LANDED'
                    where company_id = ? and stream = ? and kind = 'RECORD' and subject = any(?::text[])
                    and resolved_at is null""")
                    .params(at.companyId(), at.stream(), names.toArray(String[]::new)).update();
        }
    }

    /** Counts how many rows of the data sharing are set aside. */
    public long rows(long companyId, String stream) {
        return jdbc.sql("""
                select count(*) from pennylane_sync.quarantine where company_id = ? and stream = ?
                and kind = 'RECORD' and starts_with(subject, ?) and resolved_at is null""")
                .params(companyId, stream, ROW).query(Long.class).single();
    }

    /** Returns the ids of which rows of the data sharing are set aside for this reason. */
    public Set<Long> rows(long companyId, String stream, String reason) {
        return Set.copyOf(jdbc.sql("""
                select distinct record_id from pennylane_sync.quarantine where company_id = ? and stream = ?
                and kind = 'RECORD' and record_id <> 0 and starts_with(subject, ?) and reason = ?
                and resolved_at is null""")
                .params(companyId, stream, ROW, reason).query(Long.class).list());
    }

    /** Sets a whole batch aside: its position stays unread until it lands. */
    public void batch(Checkpoint at, String reason) {
        if (put(at, "BATCH", 0, 0, subject(at), reason)) {
            new QuarantineChanges(jdbc).batch(at, reason);
        }
    }

    /** Resolves the batch that has landed; once a whole list is read, every batch of an earlier reading of it too. */
    public void landed(Checkpoint at, Position next) {
        jdbc.sql(
                """
                update pennylane_sync.quarantine set resolved_at = now(), resolution = 'LANDED'
                where company_id = ? and stream = ? and kind = 'BATCH' and resolved_at is null and (subject = ? or ?
                and subject ~ ?)""")
                .params(at.companyId(), at.stream(), subject(at), next instanceof Position.Ended, READS_A_WHOLE_LIST)
                .update();
        if (next instanceof Position.Ended) {
            listRead(at);
        }
    }

    private static String subject(Checkpoint at) {
        return at.pass().label() + " " + at.position().batchKey();
    }

    /**
     * Closes a case because somebody knows that it stays as it is. A batch or a sweep holds back more than one record,
     * and is not closed so.
     *
     * @return whether there was such a case, open
     */
    public boolean accept(long id) {
        return jdbc.sql("update pennylane_sync.quarantine set resolved_at = now(), resolution = 'ACCEPTED'"
                + " where id = ? and resolved_at is null and kind in ('COLUMN', 'RECORD', 'FILE')").param(id)
                .update() == 1;
    }

    /** Sets a sweep aside that would have deleted too much: nothing is deleted until it is run again and confirmed. */
    public void sweep(Checkpoint at, int unseenCount) {
        put(at, "SWEEP", 0, 0, "", SWEEP_WOULD_DELETE + " " + unseenCount);
    }

    /** Tells whether a sweep of the stream stands stopped, and nobody has confirmed it. */
    public boolean isSweepStopped(long companyId, String stream) {
        return jdbc.sql("""
                select exists (select 1 from pennylane_sync.quarantine
                    where company_id = ? and stream = ? and kind = 'SWEEP' and resolved_at is null)""")
                .params(companyId, stream).query(Boolean.class).single();
    }

    public void sweepAccepted(Checkpoint at) {
        jdbc.sql("""
                update pennylane_sync.quarantine set resolved_at = now(), resolution = 'CONFIRMED'
                where company_id = ? and stream = ? and kind = 'SWEEP' and resolved_at is null""")
                .params(at.companyId(), at.stream()).update();
    }

    /** Sets a partition of the data sharing aside: what was landed of it is not what the share says it holds. */
    public void partition(Checkpoint at, String partition, String reason) {
        put(at, "BATCH", 0, 0, PARTITION + partition, reason);
    }

    /**
     * Resolves what an earlier reading of a whole table had set aside, if this one has ended: partitions are cut anew
     * each time, so theirs may never come again.
     */
    public void historyRead(Checkpoint at) {
        jdbc.sql("""
                update pennylane_sync.quarantine q set resolved_at = now(), resolution = 'LIST_READ'
                from pennylane_sync.checkpoint c
                where c.company_id = q.company_id and c.stream = q.stream and c.pass = 'history' and c.pass = ?
                and c.run = ?
                  and c.position->>'kind' = 'ended' and c.begun_at > q.last_seen_at
                  and q.company_id = ? and q.stream = ? and q.kind = 'BATCH' and q.resolved_at is null
                  and (starts_with(q.subject, ?) or starts_with(q.subject, 'history '))""")
                .params(at.pass().label(), at.run(), at.companyId(), at.stream(), PARTITION).update();
    }

    public void partitionAccepted(Checkpoint at, String partition) {
        jdbc.sql("""
                update pennylane_sync.quarantine set resolved_at = now(), resolution = 'LANDED'
                where company_id = ? and stream = ? and kind = 'BATCH' and subject = ? and resolved_at is null""")
                .params(at.companyId(), at.stream(), PARTITION + partition).update();
    }

    /**
     * Sets a record aside that the source tells of and does not hand out.
     *
     * @return whether it was not set aside already
     */
    public boolean record(Checkpoint at, long recordId, String reason) {
        return put(at, "RECORD", 0, recordId, "", reason);
    }

    /** Returns those parents whose sub-list is set aside already. */
    public Set<Long> subLists(Checkpoint at, Collection<Long> parents) {
        return parents.isEmpty() ? Set.of()
                : Set.copyOf(jdbc.sql("""
                select parent_id from pennylane_sync.quarantine where company_id = ? and stream = ? and kind = 'RECORD'
                and record_id = 0
                  and parent_id = any(?::bigint[]) and resolved_at is null""")
                        .params(at.companyId(), at.stream(), parents.toArray(Long[]::new)).query(Long.class).list());
    }

    /** Sets the sub-list of a parent aside, which the source does not hand out. */
    public void subList(Checkpoint at, long parentId, String reason) {
        put(at, "RECORD", parentId, 0, "", reason);
    }

    /** Sets items aside of which no row could be made. */
    public void items(Checkpoint at, Collection<SetAside> items) {
        items.forEach(item -> jdbc.sql("""
                insert into pennylane_sync.quarantine as q (company_id, stream, kind, parent_id, record_id, subject,
                    reason, raw)
                values (?, ?, 'RECORD', ?, ?, ?, ?, nullif(?, ''))
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, reason = excluded.reason, raw = excluded.raw,
                    first_seen_at = case when q.resolved_at is null or q.resolved_at = now() then q.first_seen_at
                        else now() end""")
                .params(at.companyId(), at.stream(), item.parentId(), item.recordId(), item.subject(), item.reason(),
                        item.raw())
                .update());
    }

    /** Tells whether a place in the list could not be read, in the pass under way. */
    public boolean isUnread(Checkpoint at) {
        return jdbc.sql("""
                select exists (select from pennylane_sync.quarantine q join pennylane_sync.checkpoint c
                    on c.company_id = q.company_id and c.stream = q.stream and c.pass = ?
                    where q.company_id = ? and q.stream = ? and q.kind = 'RECORD' and starts_with(q.subject, ?)
                    and q.resolved_at is null and q.last_seen_at >= c.begun_at)""")
                .params(at.pass().label(), at.companyId(), at.stream(), SetAside.BETWEEN).query(Boolean.class).single();
    }

    /** Lists the records whose rows lack something; each landing of one says anew whether it does. */
    public void damaged(Checkpoint at, String stream, List<StreamRecord> records) {
        Checkpoint of = new Checkpoint(at.companyId(), stream, at.pass(), at.run(), at.position());
        items(of, records.stream().filter(record -> record.damage().isPresent())
                .map(record -> new SetAside(record.parentId(), record.id(), "",
                        record.damage().orElseThrow().reason(), record.damage().orElseThrow().text()))
                .toList());
    }

    /**
     * Resolves items that could not be told apart from others, once a whole list is read in which they no longer stand.
     */
    private void listRead(Checkpoint at) {
        jdbc.sql("""
                update pennylane_sync.quarantine q set resolved_at = now(), resolution = 'LIST_READ'
                from pennylane_sync.checkpoint c
                where c.company_id = q.company_id and c.stream = q.stream and c.pass = ? and q.company_id = ?
                  and q.stream = ? and q.kind = 'RECORD' and q.parent_id = 0 and q.record_id = 0
                  and q.last_seen_at < c.begun_at and q.resolved_at is null""")
                .params(at.pass().label(), at.companyId(), at.stream()).update();
    }

    /** @return whether it was not set aside already */
    private boolean put(Checkpoint at, String kind, long parentId, long recordId, String subject, String reason) {
        return jdbc.sql(
                """
                insert into pennylane_sync.quarantine (company_id, stream, kind, parent_id, record_id, subject, reason)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (company_id, stream, kind, parent_id, record_id, subject)
                do update set last_seen_at = now(), resolved_at = null, reason = excluded.reason,
                    first_seen_at = case when quarantine.resolved_at is null then quarantine.first_seen_at else now()
                        end
                returning first_seen_at = last_seen_at""")
                .params(at.companyId(), at.stream(), kind, parentId, recordId, subject, reason).query(Boolean.class)
                .single();
    }
}

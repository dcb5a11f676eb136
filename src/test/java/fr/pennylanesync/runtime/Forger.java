package fr.pennylanesync.runtime;

import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.ChainEntry;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.stream.StreamDefinition;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes every hash of a stream anew, as somebody does who has all rights in the database and knows how they are made:
 * payloads by the columns, record hashes, times by the batches, the lists of the batches, batch hashes, the chain and
 * its head, and the same of files.
 */
final class Forger {

    private record Mention(long parent, long id, Sha256 hash) {}

    private final JdbcClient jdbc;
    private final StreamDefinition stream;
    private final String parent;

    Forger(JdbcClient jdbc, StreamDefinition stream) {
        this.jdbc = jdbc;
        this.stream = stream;
        this.parent = stream.parentColumn().map(name -> "\"" + name + "\"").orElse("0");
    }

    void forge(long company) {
        FactForger facts = new FactForger(jdbc, stream, company);
        facts.payloads();
        facts.times();
        new FileForger(jdbc, stream.name(), company).forge();
        // Each gets its number back below; none may be there twice meanwhile.
        jdbc.sql("update pennylane_sync.batch set number = number + 1000000000 where company_id = ? and stream = ?")
                .params(company, stream.name()).update();
        rehash("pennylane." + stream.name(), "company_id = " + company);
        rehash("pennylane_sync.record_version", "company_id = " + company + " and stream = '" + stream.name() + "'");
        List<Long> batches = jdbc.sql("select id from pennylane_sync.batch where company_id = ? and stream = ?"
                + " order by chain_position").params(company, stream.name()).query(Long.class).list();
        Sha256 head = Sha256.ZERO;
        for (int i = 0; i < batches.size(); i++) {
            head = batch(company, batches.get(i), i + 1, head);
        }
        jdbc.sql("update pennylane_sync.stream_state set chain_head = ? where company_id = ? and stream = ?")
                .params(batches.isEmpty() ? null : head.bytes(), company, stream.name()).update();
    }

    private void rehash(String table, String where) {
        jdbc.sql("select ctid::text, payload::text from " + table + " where " + where)
                .query((row, n) -> List.of(row.getString(1), row.getString(2))).list()
                .forEach(row -> jdbc.sql("update " + table + " set record_hash = ? where ctid = ?::tid")
                        .params(RecordMapper.hash(StorableJson.read(row.get(1))).bytes(), row.get(0)).update());
    }

    private Sha256 batch(long company, long id, long number, Sha256 before) {
        return jdbc.sql("select pass, run, batch_key, requests_used, (extract(epoch from landed_at) * 1000000)::bigint,"
                + " parent_ids, record_ids, deleted_parent_ids, deleted_ids, hash_version"
                + " from pennylane_sync.batch where id = ?")
                .param(id).query((row, n) -> batch(company, id, number, before, row)).single();
    }

    private Sha256 batch(long company, long id, long number, Sha256 before, ResultSet row) throws SQLException {
        List<Mention> mentions = mentions(company, id, longs(row.getArray(6)), longs(row.getArray(7)));
        BatchHash content = BatchHash.begin(company, stream.name(), row.getString(1));
        mentions.forEach(mention -> content.add(mention.parent(), mention.id(), mention.hash()));
        long[] deletedParents = longs(row.getArray(8));
        long[] deleted = longs(row.getArray(9));
        for (int i = 0; i < deleted.length; i++) {
            content.add(deletedParents.length == 0 ? 0 : deletedParents[i], deleted[i], Sha256.ZERO);
        }
        Sha256 hash = content.finish();
        long[] ids = mentions.stream().mapToLong(Mention::id).toArray();
        ChainEntry entry = new ChainEntry(company, stream.name(), number, row.getString(1), row.getLong(2),
                row.getString(3), Arrays.stream(ids).min(), Arrays.stream(ids).max(), ids.length,
                changed(company, id), row.getInt(4), row.getLong(5), hash);
        Sha256 chain = before.chain(row.getInt(10) == ChainEntry.VERSION ? entry.hash() : hash);
        write(id, entry, mentions, chain);
        return chain;
    }

    private int changed(long company, long batch) {
        return jdbc.sql("select (select count(*) from pennylane." + stream.name() + " where company_id = :company"
                + " and batch_id = :batch and deleted_at is null) + (select count(*) from"
                + " pennylane_sync.record_version where company_id = :company and stream = :stream"
                + " and batch_id = :batch and deleted_at is null)").param("company", company).param("batch", batch)
                .param("stream", stream.name()).query(Integer.class).single();
    }

    private void write(long id, ChainEntry entry, List<Mention> mentions, Sha256 chain) {
        jdbc.sql("""
                update pennylane_sync.batch set number = ?, first_id = ?, last_id = ?, record_count = ?,
                    changed_count = ?, parent_ids = ?::bigint[], record_ids = ?::bigint[], batch_hash = ?,
                    chain_hash = ? where id = ?""")
                .params(entry.number(), orNull(entry.first()), orNull(entry.last()), entry.records(), entry.changed(),
                        stream.isChild() ? mentions.stream().map(Mention::parent).toArray(Long[]::new) : null,
                        mentions.stream().map(Mention::id).toArray(Long[]::new), entry.content().bytes(),
                        chain.bytes(), id)
                .update();
    }

    private static Long orNull(OptionalLong id) {
        return id.isPresent() ? id.getAsLong() : null;
    }

    /** A record of which there is no version is left out: it was never read. */
    private List<Mention> mentions(long company, long batch, long[] parents, long[] ids) {
        List<Mention> mentions = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            long ofParent = parents.length == 0 ? 0 : parents[i];
            long id = ids[i];
            version(company, batch, ofParent, id)
                    .ifPresent(hash -> mentions.add(new Mention(ofParent, id, hash)));
        }
        return mentions;
    }

    private Optional<Sha256> version(long company, long batch, long ofParent, long id) {
        return jdbc.sql("select record_hash from pennylane_sync.record_version where company_id = :company"
                + " and stream = :stream and parent_id = :parent and id = :id and batch_id <= :batch"
                + " and replaced_by_batch_id > :batch union all select record_hash from pennylane." + stream.name()
                + " where company_id = :company and " + parent + " = :parent and id = :id and batch_id <= :batch")
                .param("company", company).param("stream", stream.name()).param("parent", ofParent).param("id", id)
                .param("batch", batch).query(byte[].class).list().stream().findFirst().map(Sha256::stored);
    }

    private static long[] longs(Array array) throws SQLException {
        return array == null ? new long[0]
                : Arrays.stream((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
    }
}

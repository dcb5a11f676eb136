package fr.pennylanesync.verification;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A company's stream, as far as it is verified.
 *
 * @param from the number of the first batch that is looked at, with what it brought; 1: everything, also what names no
 * batch of the ledger
 */
record VerifiedStream(long company, StreamDefinition stream, long from) {

    /** All of a company's stream. */
    static VerifiedStream whole(long company, StreamDefinition stream) {
        return new VerifiedStream(company, stream, 1);
    }

    /** The same, from the first batch on that landed since then. */
    VerifiedStream since(JdbcClient jdbc, Instant since) {
        return new VerifiedStream(company, stream, jdbc.sql("select coalesce(min(number) filter (where landed_at >= ?),"
                + " max(number) + 1, 1) from pennylane_sync.batch where company_id = ? and stream = ?")
                .params(since.atOffset(ZoneOffset.UTC), company, stream.name()).query(Long.class).single());
    }

    /** Counts what is not looked at. */
    LeftOut leftOut(JdbcClient jdbc) {
        return isWhole() ? LeftOut.NOTHING
                : new LeftOut(jdbc.sql(bound("select (select count(*) from :table"
                        + " where company_id = :company and not batch_id :landed) + (select count(*)"
                        + " from pennylane_sync.record_version where company_id = :company and stream = :stream"
                        + " and not replaced_by_batch_id :landed)")).query(Long.class).single(), from - 1);
    }

    boolean isWhole() {
        return from <= 1;
    }

    /**
     * Puts company, stream, table and the first batch in their places; the names of streams are checked, and hold no
     * quote. {@code column :landed} is the condition that the column names a batch that is looked at.
     */
    String bound(String sql) {
        return bound(sql.replace(":landed", isWhole() ? "is not null"
                : "in (select id from pennylane_sync.batch"
                        + " where company_id = :company and stream = :stream and number >= :from)")
                .replace(":table", StreamTables.table(stream)).replace(":from", Long.toString(from)), company,
                stream.name());
    }

    /** Puts company and stream in their places alone. */
    static String bound(String sql, long company, String stream) {
        return sql.replace(":company", Long.toString(company)).replace(":stream", "'" + stream + "'");
    }
}

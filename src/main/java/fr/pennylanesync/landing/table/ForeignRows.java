package fr.pennylanesync.landing.table;

import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out whether a page is another company's. Ids of two companies may be the same by chance, and some records, such
 * as banks or fiscal years, are alike in many companies; so only streams with a changelog, and long pages of dated
 * records, are looked at, and a page counts as another company's only if its first, middle and last record all stand
 * there to the letter and are not here. Where one of them is here, which is so of nearly every page but a history's, no
 * other company is looked at.
 */
public final class ForeignRows {

    /** Fewer dated records, such as fiscal years, may be alike. */
    private static final int DATED_MIN = 20;

    private final JdbcClient jdbc;

    public ForeignRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells whether the records that stand for the page are one other company's. */
    public boolean isPage(StreamDefinition stream, long companyId, List<StreamRecord> records) {
        if (records.isEmpty() || stream.changelog().isEmpty() && !isLongAndDated(stream, records)) {
            return false;
        }
        List<StreamRecord> some = Stream.of(0, records.size() / 2, records.size() - 1).distinct().map(records::get)
                .toList();
        if (isAnyHere(stream, companyId, some)) {
            return false;
        }
        List<Long> suspects = jdbc.sql("select id from pennylane_sync.company where id <> ?").param(companyId)
                .query(Long.class).list();
        for (StreamRecord record : some) {
            if (!suspects.isEmpty()) {
                suspects = having(stream, record.id(), record.hash(), suspects);
            }
        }
        return !suspects.isEmpty();
    }

    private static boolean isLongAndDated(StreamDefinition stream, List<StreamRecord> records) {
        return stream.recordDate().isPresent() && records.size() >= DATED_MIN;
    }

    private boolean isAnyHere(StreamDefinition stream, long companyId, List<StreamRecord> records) {
        return jdbc.sql("select exists (select 1 from unnest(?::bigint[]) u(id) cross join lateral (select 1 from "
                + StreamTables.table(stream) + " where company_id = ? and id = u.id limit 1) found)")
                .params(records.stream().map(StreamRecord::id).toArray(Long[]::new), companyId).query(Boolean.class)
                .single();
    }

    private List<Long> having(StreamDefinition stream, long id, Sha256 hash, List<Long> companies) {
        return jdbc.sql("select company_id from " + StreamTables.table(stream)
                + " where company_id = any(?::bigint[]) and id = ? and record_hash = ?")
                .params(companies.toArray(Long[]::new), id, hash.bytes()).query(Long.class).list();
    }
}

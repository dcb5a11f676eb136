package fr.pennylanesync.landing.table;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out whether a page is another company's. Ids of two companies may be the same by chance, and some records, such
 * as banks or fiscal years, are alike in many companies; so only streams with a changelog are looked at, and a page
 * counts as another company's only if its first, middle and last record all stand there to the letter and are not here.
 */
public final class ForeignRows {

    private final JdbcClient jdbc;

    public ForeignRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells whether the records that stand for the page are one other company's. */
    public boolean isPage(StreamDefinition stream, long companyId, List<StreamRecord> records) {
        if (records.isEmpty() || stream.changelog().isEmpty()) {
            return false;
        }
        List<StreamRecord> some = Stream.of(0, records.size() / 2, records.size() - 1).distinct().map(records::get)
                .toList();
        return jdbc.sql(String.format(Locale.ROOT, """
                select c.id from unnest(:ids::bigint[], :hashes::text[]) u(id, hash)
                join pennylane_sync.company c on c.id <> :company
                join %1$s there on there.company_id = c.id and there.id = u.id
                    and there.record_hash = decode(u.hash, 'hex')
                where not exists (select 1 from %1$s own where own.company_id = :company and own.id = u.id)
                group by c.id having count(*) = :size limit 1""", StreamTables.table(stream)))
                .param("ids", some.stream().map(StreamRecord::id).toArray(Long[]::new))
                .param("hashes", some.stream().map(record -> HexFormat.of().formatHex(record.hash().bytes()))
                        .toArray(String[]::new))
                .param("company", companyId).param("size", some.size()).query(Long.class).optional().isPresent();
    }
}

package fr.pennylanesync.landing.table;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Knows every id that a stream ever had, deleted ones too: a sub-list may still hold one. */
public final class ValueIds {

    private final JdbcClient jdbc;

    public ValueIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Returns the ids in ascending order. */
    public List<Long> of(long companyId, StreamDefinition stream) {
        return jdbc.sql("select id from " + StreamTables.table(stream) + " where company_id = ? order by id")
                .param(companyId).query(Long.class).list();
    }
}

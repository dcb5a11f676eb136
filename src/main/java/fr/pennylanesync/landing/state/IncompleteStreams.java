package fr.pennylanesync.landing.state;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells of which streams something is missing that reading on does not bring: the token does not permit them, something
 * is set aside, is left out, or is tried again later. What is not here cannot be told from what is not there.
 */
public final class IncompleteStreams {

    /** A stream of a company. */
    public record Key(long companyId, String stream) {}

    private static final String INCOMPLETE = """
            select distinct company_id, stream from (
                select company_id, stream from pennylane_sync.stream_state where not_permitted_scope is not null
                union all select company_id, stream from pennylane_sync.quarantine
                    where resolved_at is null and kind not in ('COLUMN', 'FILE')
                union all select company_id, stream from pennylane_sync.due group by 1, 2
                    having bool_or(left_out) or bool_and(coalesce(next_attempt_at > now(), false))) i""";

    private final JdbcClient jdbc;

    public IncompleteStreams(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tells whether any of the company's streams is. */
    public boolean isAny(long companyId, Collection<String> streams) {
        return jdbc.sql("select exists (" + INCOMPLETE + " where company_id = ? and stream = any(?::text[]))")
                .params(companyId, streams.toArray(String[]::new)).query(Boolean.class).single();
    }

    /** Returns those of all companies. */
    public Set<Key> all() {
        return keys(INCOMPLETE);
    }

    /** Returns those of all companies that a token does not permit. */
    public Set<Key> notPermitted() {
        return keys("select company_id, stream from pennylane_sync.stream_state where not_permitted_scope is not null");
    }

    private Set<Key> keys(String sql) {
        Set<Key> keys = new HashSet<>();
        jdbc.sql(sql).query(row -> {
            keys.add(new Key(row.getLong(1), row.getString(2)));
        });
        return keys;
    }
}

package fr.pennylanesync.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records of a company that batches brought, read again or deleted since the rules were tried last. */
final class LandedSince {

    /** Of more records of a stream a rule is tried for all: that takes no longer. */
    static final int RECORDS_MAX = 10_000;

    /** Records of one stream. */
    private record Records(Set<Long> ids, Set<Long> parents, Set<Long> deleted) {

        Records() {
            this(new HashSet<>(), new HashSet<>(), new HashSet<>());
        }
    }

    private final JdbcClient jdbc;
    private final long companyId;
    private final long since;
    private final Map<String, Records> records = new HashMap<>();
    private final Set<String> tooMany;
    /** Two rules may ask the same. */
    private final Map<Concern, Collection<Long>> answers = new HashMap<>();

    private LandedSince(JdbcClient jdbc, long companyId, long since, Set<String> tooMany) {
        this.jdbc = jdbc;
        this.companyId = companyId;
        this.since = since;
        this.tooMany = tooMany;
    }

    /** @param since the batch behind which the rules were tried */
    static LandedSince read(JdbcClient jdbc, long companyId, long since) {
        Set<String> tooMany = new HashSet<>(jdbc.sql("""
                select stream from pennylane_sync.batch where company_id = ? and id > ? group by stream
                having sum(cardinality(record_ids) + cardinality(deleted_ids)) > ?""")
                .params(companyId, since, RECORDS_MAX).query(String.class).list());
        LandedSince landed = new LandedSince(jdbc, companyId, since, tooMany);
        jdbc.sql("""
                select b.stream, coalesce(u.parent, 0), u.id, u.deleted from pennylane_sync.batch b
                cross join lateral (
                    select parent, id, false from unnest(b.parent_ids, b.record_ids) r(parent, id)
                    union all
                    select parent, id, true from unnest(b.deleted_parent_ids, b.deleted_ids) d(parent, id))
                    u(parent, id, deleted)
                where b.company_id = ? and b.id > ? and not b.stream = any(?::text[])""")
                .params(companyId, since, tooMany.toArray(String[]::new)).query(row -> {
                    Records of = landed.records.computeIfAbsent(row.getString(1), any -> new Records());
                    of.parents().add(row.getLong(2));
                    of.ids().add(row.getLong(3));
                    if (row.getBoolean(4)) {
                        of.deleted().add(row.getLong(3));
                    }
                });
        return landed;
    }

    /** Returns the records that the rule is to be tried for; empty: all. */
    Optional<Set<Long>> concerned(BooksRule rule) {
        if (rule.concerns().isEmpty() || rule.concerns().keySet().stream().anyMatch(tooMany::contains)) {
            return Optional.empty();
        }
        Set<Long> concerned = new HashSet<>();
        rule.concerns().forEach((stream, concern) -> {
            Records of = records.get(stream);
            if (of != null) {
                concerned.addAll(concerned(concern, of));
            }
        });
        return Optional.of(concerned);
    }

    private Collection<Long> concerned(Concern concern, Records of) {
        if (concern instanceof Concern.Landed landed) {
            return answers.computeIfAbsent(landed, any -> ask(landed.sql(), of.ids()));
        }
        if (concern instanceof Concern.Deleted deleted) {
            return of.deleted().isEmpty() ? Set.of() : ask(deleted.sql(), of.deleted());
        }
        return switch ((Concern.Known) concern) {
            case RECORD -> of.ids();
            case PARENT -> of.parents();
            case DELETED -> of.deleted();
        };
    }

    private Collection<Long> ask(String sql, Set<Long> ids) {
        return jdbc.sql(sql).param("company", companyId).param("since", since)
                .param("ids", ids.toArray(Long[]::new)).query(Long.class).list();
    }
}

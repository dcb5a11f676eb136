package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the records that name a person and own the records of a sub-list, which name nobody themselves. */
public final class NamingParents {

    private final JdbcClient jdbc;
    private final long companyId;

    public NamingParents(JdbcClient jdbc, long companyId) {
        this.jdbc = jdbc;
        this.companyId = companyId;
    }

    /**
     * Returns, of some parents of a stream, those whose rows name one of these persons now.
     *
     * @param path of the person's id in the parent's record
     */
    Set<Long> among(StreamDefinition stream, List<String> path, Set<Long> persons, Set<Long> parents) {
        return new HashSet<>(jdbc.sql("select t.id from pennylane." + StreamTables.quoted(stream.parent().orElseThrow())
                + " t where t.company_id = :company and t.id = any(:parents::bigint[]) and " + names(path))
                .param("company", companyId).param("parents", parents.toArray(Long[]::new))
                .param("persons", texts(persons)).query(Long.class).list());
    }

    /** Returns every parent of a stream's records that names one of these persons, or did before it was replaced. */
    public Set<Long> ever(StreamDefinition stream, List<String> path, Set<Long> persons) {
        String parent = stream.parent().orElseThrow();
        return new HashSet<>(jdbc.sql("select t.id from pennylane." + StreamTables.quoted(parent)
                + " t where t.company_id = :company and " + names(path)
                + " union select t.id from pennylane_sync.record_version t where t.company_id = :company"
                + " and t.stream = :parent and " + names(path))
                .param("company", companyId).param("parent", parent).param("persons", texts(persons))
                .query(Long.class).list());
    }

    /** A row of the data sharing names a field as its column. */
    private static String names(List<String> path) {
        return "(t.payload #>> '{" + String.join(",", path) + "}' = any(:persons::text[]) or t.payload ->> '"
                + String.join("_", path) + "' = any(:persons::text[]))";
    }

    private static String[] texts(Set<Long> ids) {
        return ids.stream().map(String::valueOf).toArray(String[]::new);
    }
}

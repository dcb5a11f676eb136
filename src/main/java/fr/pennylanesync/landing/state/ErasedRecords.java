package fr.pennylanesync.landing.state;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps persons who were erased from arriving again: the table {@code pennylane_sync.erased_person}. */
public final class ErasedRecords {

    /** Erasures wait for the batches that were begun before, and batches for an erasure under way. */
    private static final String LOCK = "(hashtextextended('pennylane_sync.erased_person', ?))";

    private final JdbcClient jdbc;

    public ErasedRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets no batch of the company land until the transaction under way ends. */
    public void lock(long companyId) {
        jdbc.sql("select pg_advisory_xact_lock" + LOCK + " is null").param(companyId).query(Boolean.class).single();
    }

    /**
     * Returns the persons of a company who were erased, and lets nobody be erased until the transaction under way ends:
     * once for a batch.
     *
     * @param streams of the batch; where none of them names a person nobody is looked for
     */
    public ErasedPersons inForce(long companyId, Collection<StreamDefinition> streams) {
        if (streams.stream().allMatch(stream -> stream.personal().persons().isEmpty())) {
            return ErasedPersons.NONE;
        }
        jdbc.sql("select pg_advisory_xact_lock_shared" + LOCK + " is null").param(companyId).query(Boolean.class)
                .single();
        Map<String, Set<Long>> persons = new HashMap<>();
        jdbc.sql("select person, id from pennylane_sync.erased_person where company_id = ? and released_at is null")
                .param(companyId).query(row -> {
                    persons.computeIfAbsent(row.getString(1), person -> new HashSet<>()).add(row.getLong(2));
                });
        return new ErasedPersons(persons, new NamingParents(jdbc, companyId)::among);
    }
}

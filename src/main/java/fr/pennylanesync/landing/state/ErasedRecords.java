package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.record.Erasure;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps persons who were erased from arriving again: the table {@code pennylane_sync.erased_person}. */
public final class ErasedRecords {

    /** Erasures wait for the batches that were begun before, and batches for an erasure under way. */
    private static final String LOCK = "(hashtextextended('pennylane_sync.erased_person', ?))";

    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])[0-9]{1,19}(?![0-9])");

    private final JdbcClient jdbc;

    public ErasedRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets no batch of the company land until the transaction under way ends. */
    public void lock(long companyId) {
        jdbc.sql("select pg_advisory_xact_lock" + LOCK + " is null").param(companyId).query(Boolean.class).single();
    }

    /** Returns the persons of a company who were erased: their ids, by what they are. */
    public Map<String, Set<Long>> of(long companyId) {
        Map<String, Set<Long>> persons = new HashMap<>();
        jdbc.sql("select person, id from pennylane_sync.erased_person where company_id = ? and released_at is null")
                .param(companyId).query(row -> {
                    persons.computeIfAbsent(row.getString(1), person -> new HashSet<>()).add(row.getLong(2));
                });
        return persons;
    }

    /** Returns records of the API without what is of persons who were erased, one for each, in their order. */
    public List<StreamRecord> without(long companyId, StreamDefinition stream, List<StreamRecord> records) {
        return without(companyId, stream, records, Erasure::of);
    }

    /** Does the same for rows of the data sharing. */
    public List<StreamRecord> withoutInShare(long companyId, StreamDefinition stream, List<StreamRecord> records) {
        return without(companyId, stream, records, Erasure::ofShare);
    }

    private List<StreamRecord> without(long companyId, StreamDefinition stream, List<StreamRecord> records,
            BiFunction<Erasure, StreamRecord, StreamRecord> each) {
        Map<String, Set<Long>> persons = records.isEmpty() ? Map.of() : inForce(companyId, stream);
        if (persons.isEmpty()) {
            return records;
        }
        Erasure erasure = new Erasure(stream, persons, LocalDate.now(ZoneOffset.UTC));
        return records.stream().map(record -> each.apply(erasure, record)).toList();
    }

    private Map<String, Set<Long>> inForce(long companyId, StreamDefinition stream) {
        if (stream.personal().persons().isEmpty()) {
            return Map.of();
        }
        jdbc.sql("select pg_advisory_xact_lock_shared" + LOCK + " is null").param(companyId).query(Boolean.class)
                .single();
        return of(companyId);
    }

    /**
     * Returns what is set aside of an item as the rules for personal data leave it. Of one that may name a person who
     * was erased every personal value goes: nobody can say for certain whose it is.
     */
    public SetAside without(long companyId, StreamDefinition stream, SetAside item) {
        String ruled = stream.personal().applyTo(item.raw());
        Map<String, Set<Long>> persons = ruled.isEmpty() ? Map.of() : inForce(companyId, stream);
        return item.with(mayName(stream, persons, item.parentId(), ruled) ? stream.personal().withoutPersons(ruled)
                : ruled);
    }

    /** Tells whether a text holds the id of one of these persons, whatever it says of it. */
    public static boolean mayName(StreamDefinition stream, Map<String, Set<Long>> persons, long parentId, String raw) {
        Set<Long> ids = new HashSet<>();
        stream.personal().persons().keySet().forEach(person -> ids.addAll(persons.getOrDefault(person, Set.of())));
        return !ids.isEmpty() && (ids.contains(parentId) || NUMBER.matcher(raw).results()
                .anyMatch(number -> ids.stream().map(String::valueOf).anyMatch(number.group()::equals)));
    }
}

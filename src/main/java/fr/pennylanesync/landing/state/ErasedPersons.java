package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.record.Erasure;
import fr.pennylanesync.landing.record.StorableJson;
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
import java.util.stream.Collectors;

/**
 * The persons of a company who were erased.
 *
 * @param ids theirs, by what they are
 * @param parents finds the records that name them and own others
 */
public record ErasedPersons(Map<String, Set<Long>> ids, Owners parents) {

    /** Is the result where nobody was looked for. */
    public static final ErasedPersons NONE = new ErasedPersons(Map.of(), (stream, path, persons, of) -> Set.of());

    private static final Pattern NUMBER = Pattern.compile("(?<![0-9])[0-9]{1,19}(?![0-9])");

    /** Finds the records that name persons and own those of a sub-list. */
    interface Owners {

        /**
         * Returns, of these records, those that name one of the persons.
         *
         * @param path of the person's id in them
         */
        Set<Long> naming(StreamDefinition stream, List<String> path, Set<Long> persons, Set<Long> of);
    }

    public ErasedPersons {
        ids = Map.copyOf(ids);
    }

    /**
     * Returns records of the API without what is of these persons, one for each, in their order.
     *
     * @param owners records that came along and that the others may belong to
     */
    public List<StreamRecord> without(StreamDefinition stream, List<StreamRecord> records, List<StreamRecord> owners) {
        return without(stream, records, owners, Erasure::of);
    }

    /** Does the same for rows of the data sharing. */
    public List<StreamRecord> withoutInShare(StreamDefinition stream, List<StreamRecord> records) {
        return without(stream, records, List.of(), Erasure::ofShare);
    }

    private List<StreamRecord> without(StreamDefinition stream, List<StreamRecord> records, List<StreamRecord> owners,
            BiFunction<Erasure, StreamRecord, StreamRecord> each) {
        if (records.isEmpty() || ids.isEmpty()) {
            return records;
        }
        Set<Long> parentIds = records.stream().map(StreamRecord::parentId).collect(Collectors.toSet());
        Erasure erasure = new Erasure(stream, ids, namedBy(stream, parentIds, owners), LocalDate.now(ZoneOffset.UTC));
        return records.stream().map(record -> each.apply(erasure, record)).toList();
    }

    /** Looks at what came along first: it stands here only later, and says more. */
    private Map<String, Set<Long>> namedBy(StreamDefinition stream, Set<Long> parentIds, List<StreamRecord> owners) {
        Map<String, Set<Long>> found = new HashMap<>();
        ids.forEach((person, erased) -> stream.personal().pathInParent(person).ifPresent(path -> {
            Set<Long> naming = new HashSet<>(parents.naming(stream, path, erased, parentIds));
            for (StreamRecord owner : owners) {
                if (Erasure.idAt(path, owner.id(), StorableJson.read(owner.payload().toString()))
                        .filter(erased::contains).isPresent()) {
                    naming.add(owner.id());
                }
            }
            found.put(person, naming);
        }));
        return found;
    }

    /**
     * Returns what is set aside of an item as the rules for personal data leave it. Of one that may name a person who
     * was erased every personal value goes: nobody can say for certain whose it is.
     */
    public SetAside without(StreamDefinition stream, SetAside item) {
        String ruled = stream.personal().applyTo(item.raw());
        if (ruled.isEmpty() || ids.isEmpty()) {
            return item.with(ruled);
        }
        boolean named = namedBy(stream, Set.of(item.parentId()), List.of()).values().stream()
                .anyMatch(naming -> naming.contains(item.parentId()));
        return item.with(named || mayName(stream, ids, item.parentId(), ruled)
                ? stream.personal().withoutPersons(ruled)
                : ruled);
    }

    /** Tells whether a text holds the id of one of these persons, whatever it says of it. */
    public static boolean mayName(StreamDefinition stream, Map<String, Set<Long>> persons, long parentId, String raw) {
        Set<String> ids = stream.personal().persons().keySet().stream()
                .flatMap(person -> persons.getOrDefault(person, Set.of()).stream()).map(String::valueOf)
                .collect(Collectors.toSet());
        return !ids.isEmpty() && (ids.contains(Long.toString(parentId))
                || NUMBER.matcher(raw).results().anyMatch(number -> ids.contains(number.group())));
    }
}

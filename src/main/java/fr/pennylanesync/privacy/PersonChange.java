package fr.pennylanesync.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.landing.record.Erasure;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.state.ErasedPersons;
import fr.pennylanesync.landing.state.NamingParents;
import fr.pennylanesync.personal.PersonalData;
import fr.pennylanesync.stream.FileField;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes one person out of what stands of a stream. */
final class PersonChange implements Change {

    private record Place(long parentId, long id) {}

    private final StreamDefinition stream;
    private final Person person;
    private final Erasure erasure;
    /** Holds the records that name the person and own those of this stream, where these name nobody themselves. */
    private final Set<Long> parents;
    /** Holds the payloads that name the person, by the record: files are named by them. */
    private final Map<Place, JsonNode> named = new HashMap<>();

    PersonChange(StreamDefinition stream, Person person, NamingParents naming, LocalDate today) {
        this.stream = stream;
        this.person = person;
        this.parents = stream.personal().pathInParent(person.kind())
                .map(path -> naming.ever(stream, path, Set.of(person.id()))).orElse(Set.of());
        this.erasure = new Erasure(stream, Map.of(person.kind(), Set.of(person.id())), Map.of(person.kind(), parents),
                today);
    }

    /** Returns the fields that hold something of the person and that the law has kept. */
    Set<String> kept() {
        return erasure.kept();
    }

    @Override
    public String rule() {
        return "erasure: " + person.kind() + " " + person.id();
    }

    @Override
    public String mayConcern(String parent) {
        List<String> path = stream.personal().persons().get(person.kind());
        if (stream.personal().pathInParent(person.kind()).isPresent()) {
            return parent + " = any('{" + parents.stream().map(String::valueOf).collect(Collectors.joining(","))
                    + "}'::bigint[])";
        }
        if (path.equals(List.of(PersonalData.PARENT))) {
            return parent + " = " + person.id();
        }
        return path.equals(List.of("id")) ? "t.id = " + person.id()
                : "(t.payload #>> '{" + String.join(",", path) + "}' = '" + person.id() + "' or t.payload ->> '"
                        + String.join("_", path) + "' = '" + person.id() + "')";
    }

    @Override
    public String mayConcernFile() {
        return "(parent_id, record_id) in (select * from unnest('{"
                + named.keySet().stream().map(place -> Long.toString(place.parentId())).collect(Collectors.joining(","))
                + "}'::bigint[], '{"
                + named.keySet().stream().map(place -> Long.toString(place.id())).collect(Collectors.joining(","))
                + "}'::bigint[]))";
    }

    @Override
    public void apply(long parentId, long id, boolean fromShare, ObjectNode payload) {
        erasure.apply(parentId, id, fromShare, payload);
        named.put(new Place(parentId, id), payload);
    }

    @Override
    public String raw(long parentId, String subject, String raw) {
        return parents.contains(parentId)
                || ErasedPersons.mayName(stream, Map.of(person.kind(), Set.of(person.id())), parentId, raw)
                        ? stream.personal().withoutPersons(raw)
                        : raw;
    }

    /** A file is named as its record names it: what the law keeps there is kept here. */
    @Override
    public Optional<String> fileName(long parentId, long recordId, String field, String name) {
        JsonNode record = named.get(new Place(parentId, recordId));
        Optional<List<String>> path = stream.files().stream().filter(file -> file.name().equals(field)).findFirst()
                .flatMap(FileField::namePath);
        if (record == null || path.isEmpty() || stream.personal().field(path.get()).isEmpty()
                || RecordMapper.at(record, path.get()).isTextual()) {
            return Optional.of(name);
        }
        return Optional.empty();
    }
}

package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.personal.PersonalData;
import fr.pennylanesync.personal.PersonalField;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Leaves out of a stream's records what is personal of the persons who were erased, and keeps what the law asks for.
 */
public final class Erasure {

    private static final int DATE_LENGTH = "2026-01-31".length();
    private static final int DECEMBER = 12;
    private static final int LAST_DAY = 31;

    private final StreamDefinition stream;
    private final Map<String, Set<Long>> persons;
    private final Map<String, Set<Long>> parents;
    private final LocalDate today;
    private final Set<String> kept = new TreeSet<>();

    /**
     * @param persons who were erased: their ids, by what they are
     * @param parents the ids of the records that own a child's records and name such a person, by what that one is
     */
    public Erasure(StreamDefinition stream, Map<String, Set<Long>> persons, Map<String, Set<Long>> parents,
            LocalDate today) {
        this.stream = stream;
        this.persons = persons;
        this.parents = parents;
        this.today = today;
    }

    /** Returns the fields that held something of these persons and that the law has kept. */
    public Set<String> kept() {
        return kept;
    }

    /** Returns which persons a record names, of those that were erased. */
    public Set<String> named(long parentId, long id, JsonNode payload) {
        return stream.personal().persons().entrySet().stream()
                .filter(person -> stream.personal().pathInParent(person.getKey()).isPresent()
                        ? parents.getOrDefault(person.getKey(), Set.of()).contains(parentId)
                        : idAt(person.getValue(), parentId, id, payload).filter(
                                found -> persons.getOrDefault(person.getKey(), Set.of()).contains(found)).isPresent())
                .map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** Returns the id of a person whom a record names, by the path of the id in it. */
    public static Optional<Long> idAt(List<String> path, long id, JsonNode payload) {
        return idAt(path, 0, id, payload);
    }

    private static Optional<Long> idAt(List<String> path, long parentId, long id, JsonNode payload) {
        if (path.equals(List.of(PersonalData.PARENT))) {
            return Optional.of(parentId);
        }
        if (path.equals(List.of("id"))) {
            return Optional.of(id);
        }
        return Stream.of(RecordMapper.at(payload, path), payload.path(String.join("_", path)))
                .filter(JsonNode::isIntegralNumber).map(JsonNode::longValue).findFirst();
    }

    /**
     * Leaves out of a payload, in place, what is of the persons that it names.
     *
     * @return whether anything was
     */
    public boolean apply(long parentId, long id, boolean fromShare, ObjectNode payload) {
        Set<String> whose = named(parentId, id, payload);
        if (whose.isEmpty()) {
            return false;
        }
        ObjectNode before = payload.deepCopy();
        kept.addAll(stream.personalOf(fromShare).erase(payload, whose, field -> isKept(field, before)));
        return !before.equals(payload);
    }

    /** The law counts from the end of the year; what has no date is kept. */
    private boolean isKept(PersonalField field, JsonNode payload) {
        return field.years() > 0 && date(payload)
                .map(date -> !LocalDate.of(date.getYear(), DECEMBER, LAST_DAY).plusYears(field.years()).isBefore(today))
                .orElse(true);
    }

    private Optional<LocalDate> date(JsonNode payload) {
        return Stream.concat(stream.recordDate().stream().map(path -> List.of(path.split("\\."))),
                stream.share().flatMap(table -> table.period()).stream().map(List::of))
                .map(path -> RecordMapper.at(payload, path).asText("")).filter(text -> text.length() >= DATE_LENGTH)
                .findFirst().flatMap(Erasure::parsed);
    }

    private static Optional<LocalDate> parsed(String text) {
        try {
            return Optional.of(LocalDate.parse(text.substring(0, DATE_LENGTH)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** Returns a record of the API without what is of the persons that it names. */
    public StreamRecord of(StreamRecord record) {
        ObjectNode payload = (ObjectNode) StorableJson.read(record.payload().toString());
        if (!apply(record.parentId(), record.id(), false, payload)) {
            return record;
        }
        List<FileNote> files = record.files().stream().map(file -> named(file, payload)).toList();
        StreamRecord erased = RecordMapper.again(stream, record.parentId(), record.id(), payload, files);
        return record.damage().map(damage -> erased.damaged(new Damage(damage.reason(),
                stream.personal().withoutPersons(damage.text())))).orElse(erased);
    }

    private FileNote named(FileNote file, JsonNode payload) {
        return new FileNote(file.field(), stream.files().stream().filter(field -> field.name().equals(file.field()))
                .findFirst().flatMap(field -> field.namePath()).map(path -> RecordMapper.at(payload, path))
                .filter(JsonNode::isTextual).map(name -> StorableText.encode(name.textValue())));
    }

    /** Returns a row of the data sharing without what is of the persons that it names. */
    public StreamRecord ofShare(StreamRecord record) {
        ObjectNode payload = (ObjectNode) StorableJson.read(record.payload().toString());
        return apply(0, record.id(), true, payload) ? SharedRowMapper.again(stream, record.id(), payload) : record;
    }
}

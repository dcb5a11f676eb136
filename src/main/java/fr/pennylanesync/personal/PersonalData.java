package fr.pennylanesync.personal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Says what of a stream's records is personal, whose it is, and what is done with it.
 *
 * @param fields that the stream file declares; others are known by their names
 * @param persons that a record names, each with the path of its id; {@link #PARENT} begins that of one whom the record
 * names that owns a child's records: alone it is that record's own id, before a path it is the path in that record
 * @param rules in force
 */
public record PersonalData(List<PersonalField> fields, Map<String, List<String>> persons, StreamRules rules) {

    /** Holds nothing that is declared, and keeps what is known by its name. */
    public static final PersonalData NONE = new PersonalData(List.of(), Map.of(), StreamRules.NONE);
    /** The path of the id of the record that a child's records belong to. */
    public static final String PARENT = "{parent}";

    public PersonalData {
        fields = List.copyOf(fields);
        persons = Map.copyOf(persons);
    }

    /** Returns the path of a person's id in the record that owns a child's records, where the person is named there. */
    public Optional<List<String>> pathInParent(String person) {
        return Optional.ofNullable(persons.get(person)).filter(path -> path.size() > 1 && path.get(0).equals(PARENT))
                .map(path -> path.subList(1, path.size()));
    }

    /**
     * Returns the same as that of a child whose parent's personal data is this: who is named by the parent is found
     * where the parent names them.
     */
    public PersonalData below(PersonalData parent) {
        Map<String, List<String>> found = new HashMap<>(persons);
        found.replaceAll((person, path) -> path.equals(List.of(PARENT)) ? inParent(parent.persons.get(person)) : path);
        return new PersonalData(fields, found, rules);
    }

    private static List<String> inParent(List<String> path) {
        if (path == null || path.equals(List.of("id"))) {
            return List.of(PARENT);
        }
        return Stream.concat(Stream.of(PARENT), path.stream()).toList();
    }

    /** Returns the same with the rules that are in force. */
    public PersonalData with(StreamRules inForce) {
        return new PersonalData(fields, persons, inForce);
    }

    /** Tells whether any value may become another by the rules in force. */
    public boolean isRuled() {
        return rules.isActive();
    }

    /** Says which rules are in force, for the ledger, without a secret. */
    public String rulesText() {
        return rules.text() + (fields.isEmpty() ? ""
                : " fields=" + String.join(",", fields.stream()
                        .map(field -> field.name() + ":" + field.kind().label()).toList()));
    }

    /** Returns the declared field at a path, or the one that its name makes known. */
    public Optional<PersonalField> field(List<String> path) {
        for (PersonalField field : fields) {
            if (field.path().equals(path)) {
                return Optional.of(field);
            }
        }
        return PersonalKind.ofName(path.get(path.size() - 1)).map(kind -> PersonalField.byName(path, kind));
    }

    /** Returns what is done with a value of this field, whatever else its record says. */
    public Optional<ValueRule> rule(List<String> path) {
        String name = String.join(".", path);
        return field(path).map(field -> rules.of(name, field.kind()))
                .or(() -> Optional.ofNullable(rules.ofFields().get(name))
                        .map(said -> rules.of(name, PersonalKind.TEXT)))
                .filter(rule -> !rule.keeps());
    }

    /** Applies the rules in force to a record, in place. */
    public void apply(ObjectNode record) {
        if (isRuled()) {
            new Walk(path -> rule(path, record)).walk(record, List.of());
        }
    }

    private Optional<ValueRule> rule(List<String> path, ObjectNode record) {
        return rule(path).filter(rule -> rules.isExplicit(String.join(".", path))
                || field(path).flatMap(PersonalField::unless).filter(not -> isSaid(record, not)).isEmpty());
    }

    private static boolean isSaid(ObjectNode record, PersonalField.Unless not) {
        return record.path(not.field()).asText("").equals(not.value());
    }

    /**
     * Returns what the rules in force leave of a record that is no sound JSON object: field by field, as far as it can
     * be read.
     */
    public String applyTo(String text) {
        return isRuled() ? new RawMaterial(this::rule).ruled(text) : text;
    }

    /** Leaves every personal value out of a text, as far as it can be read. */
    public String withoutPersons(String text) {
        return new RawMaterial(path -> field(path).map(field -> ValueRule.omit(field.kind()))).ruled(text);
    }

    /**
     * Leaves out what is personal of these persons, in place.
     *
     * @param whose as {@link #persons} names them
     * @param kept tells which fields the law has kept
     * @return the names of the fields that hold something and were kept
     */
    public Set<String> erase(ObjectNode record, Set<String> whose, Function<PersonalField, Boolean> kept) {
        Set<String> left = new HashSet<>();
        new Walk(path -> field(path).filter(field -> field.person().map(whose::contains).orElse(true))
                .filter(field -> {
                    boolean keep = kept.apply(field);
                    if (keep) {
                        left.add(field.name());
                    }
                    return !keep;
                }).map(field -> ValueRule.omit(field.kind()))).walk(record, List.of());
        return left;
    }

    /** Goes through a record, field by field, and does with each value what its rule says. */
    private record Walk(Function<List<String>, Optional<ValueRule>> rules) {

        private void walk(JsonNode node, List<String> path) {
            if (node instanceof ObjectNode object) {
                for (String name : names(object)) {
                    field(object, name, path);
                }
            } else {
                node.forEach(item -> walk(item, path));
            }
        }

        private void field(ObjectNode object, String name, List<String> path) {
            JsonNode value = object.get(name);
            if (value.isNull()) {
                return;
            }
            List<String> at = new ArrayList<>(path);
            at.add(name);
            Optional<ValueRule> rule = rules.apply(at);
            if (rule.isEmpty()) {
                if (value.isContainerNode()) {
                    walk(value, at);
                }
                return;
            }
            Optional<JsonNode> ruled = rule.get().apply(value);
            if (ruled.isPresent()) {
                object.set(name, ruled.get());
            } else {
                object.remove(name);
            }
        }

        private static List<String> names(ObjectNode object) {
            List<String> names = new ArrayList<>(object.size());
            object.fieldNames().forEachRemaining(names::add);
            return names;
        }
    }
}

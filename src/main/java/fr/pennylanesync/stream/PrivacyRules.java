package fr.pennylanesync.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rules for personal data as they are configured.
 *
 * @param personalData what is done unless something else is said
 * @param streams what is said for single streams
 * @param fields what is said for single fields, by {@code <stream>.<field>}
 * @param pseudonyms present where a key is configured
 */
public record PrivacyRules(Treatment personalData, Map<String, Treatment> streams, Map<String, Treatment> fields,
        Optional<Pseudonyms> pseudonyms) {

    /** Keeps everything. */
    public static final PrivacyRules NONE =
            new PrivacyRules(Treatment.KEEP, Map.of(), Map.of(), Optional.empty());

    /** What tells records apart, says when they changed, or which other they belong to, is not to be touched. */
    private static final Set<String> NEEDED = Set.of("id", "created_at", "updated_at", "deleted_at", "archived_at");

    public PrivacyRules {
        streams = Map.copyOf(streams);
        fields = Map.copyOf(fields);
    }

    /** Returns what is in force for a stream. */
    StreamRules of(String stream) {
        Map<String, Treatment> own = new LinkedHashMap<>();
        fields.forEach((name, treatment) -> {
            if (name.startsWith(stream + ".")) {
                own.put(name.substring(stream.length() + 1), treatment);
            }
        });
        return new StreamRules(personalData, Optional.ofNullable(streams.get(stream)), own, pseudonyms);
    }

    /** Finds what is said of streams that there are not, and of fields that have to stay. */
    List<FactsFault> faults(Map<String, StreamDefinition> known) {
        Stream<FactsFault> unknown = streams.keySet().stream().filter(name -> !known.containsKey(name))
                .map(name -> fault(name, "no such stream", "remove the key"));
        Stream<FactsFault> needed = fields.keySet().stream().flatMap(name -> {
            String stream = name.substring(0, name.indexOf('.'));
            String field = name.substring(stream.length() + 1);
            return !known.containsKey(stream) ? Stream.of(fault(name, "no such stream", "remove the key"))
                    : isNeeded(known.get(stream), field)
                            ? Stream.of(fault(name, "the field tells records apart, or dates them", "remove the key"))
                            : Stream.of();
        });
        return Stream.concat(unknown, needed).toList();
    }

    private static FactsFault fault(String name, String rule, String remedy) {
        return new FactsFault("streams." + name + ".privacy", 0, rule, remedy);
    }

    private static boolean isNeeded(StreamDefinition stream, String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);
        boolean typed = stream.columns().stream().filter(column -> String.join(".", column.path()).equals(field))
                .anyMatch(column -> column.type() != ColumnType.TEXT && column.type() != ColumnType.JSONB);
        return NEEDED.contains(last) || typed || stream.recordDate().filter(field::equals).isPresent()
                || stream.personal().fields().stream().flatMap(personal -> personal.unless().stream())
                        .anyMatch(not -> not.field().equals(field))
                || stream.key().stream().anyMatch(path -> String.join(".", path).equals(field))
                || stream.share().filter(table -> table.key().contains(field)
                        || table.period().filter(field::equals).isPresent()
                        || table.updated().filter(field::equals).isPresent()).isPresent();
    }
}

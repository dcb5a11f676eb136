package fr.pennylanesync.stream;

import fr.pennylanesync.personal.PersonalField;
import fr.pennylanesync.personal.PrivacyRules;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds what the configuration says of streams.
 *
 * @param enabled whether a stream is synced, where that is said
 * @param privacy what becomes of personal data
 * @param since for a stream: the date from which on its sub-lists, or its files, are read
 * @param files how long archived files are kept, by {@code <stream>.<field>}
 */
public record StreamOptions(Map<String, Boolean> enabled, PrivacyRules privacy, Map<String, LocalDate> since,
        Map<String, Period> files) {

    /** Leaves everything as the stream files have it. */
    public static final StreamOptions NONE = new StreamOptions(Map.of(), PrivacyRules.NONE);

    /** The law has documents of the books kept so long; a stream file says where it is otherwise. */
    private static final int YEARS_OF_BOOKS = 10;
    private static final int MONTHS_OF_A_YEAR = 12;

    /** Names what is not to be touched: what tells records apart, when they changed, or which other they belong to. */
    private static final Set<String> NEEDED = Set.of("id", "created_at", "updated_at", "deleted_at", "archived_at");

    public StreamOptions {
        enabled = Map.copyOf(enabled);
        since = Map.copyOf(since);
        files = Map.copyOf(files);
    }

    /** Leaves everything as the stream files have it but what is synced, and personal data. */
    public StreamOptions(Map<String, Boolean> enabled, PrivacyRules privacy) {
        this(enabled, privacy, Map.of(), Map.of());
    }

    /** Finds what is said of streams that there are not, and of fields that have to stay. */
    List<FactsFault> faults(Map<String, StreamDefinition> known) {
        Stream<FactsFault> unknown = privacy.streams().keySet().stream().filter(name -> !known.containsKey(name))
                .map(name -> fault(name, "no such stream", "remove the key"));
        Stream<FactsFault> needed = privacy.fields().keySet().stream().flatMap(name -> {
            String stream = name.substring(0, name.indexOf('.'));
            String field = name.substring(stream.length() + 1);
            return !known.containsKey(stream) ? Stream.of(fault(name, "no such stream", "remove the key"))
                    : isNeeded(known.get(stream), field)
                            ? Stream.of(fault(name, "the field tells records apart, or dates them", "remove the key"))
                            : Stream.of();
        });
        Stream<FactsFault> limits = since.keySet().stream()
                .flatMap(name -> limitFault(name, known).stream());
        Stream<FactsFault> kept = files.entrySet().stream().flatMap(said -> tooShort(said, known));
        return Stream.of(unknown, needed, limits, kept).flatMap(faults -> faults).toList();
    }

    /** Refuses a limit by date for records that have no date. */
    private static Optional<FactsFault> limitFault(String name, Map<String, StreamDefinition> known) {
        String key = "streams." + name + ".since";
        StreamDefinition stream = known.get(name);
        if (stream == null) {
            return Optional.of(new FactsFault(key, 0, "no such stream", "remove the key"));
        }
        if (!stream.isChild() && stream.files().isEmpty()) {
            return Optional.of(new FactsFault(key, 0, "it has neither sub-lists nor files to limit", "remove the key"));
        }
        boolean isDated = Optional.of(stream.parent().map(known::get).orElse(stream))
                .flatMap(StreamDefinition::dateColumn).isPresent();
        return isDated ? Optional.empty()
                : Optional.of(new FactsFault(key, 0, "its records have no date", "remove the key"));
    }

    private static Stream<FactsFault> tooShort(Map.Entry<String, Period> said, Map<String, StreamDefinition> known) {
        String stream = said.getKey().substring(0, said.getKey().indexOf('.'));
        String field = said.getKey().substring(stream.length() + 1);
        String key = "streams." + said.getKey() + ".retention";
        Optional<FileField> file = Optional.ofNullable(known.get(stream)).stream()
                .flatMap(definition -> definition.files().stream()).filter(one -> one.name().equals(field)).findFirst();
        if (file.isEmpty()) {
            return Stream.of(new FactsFault(key, 0, "no such field with a file", "remove the key"));
        }
        int years = file.get().namePath().flatMap(known.get(stream).personal()::field).map(PersonalField::years)
                .orElse(YEARS_OF_BOOKS);
        return years == 0 || said.getValue().toTotalMonths() >= years * MONTHS_OF_A_YEAR ? Stream.of()
                : Stream.of(new FactsFault(key, 0, "the law has these files kept for " + years + " years",
                        "write " + years + "y or more"));
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

package fr.pennylanesync.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Definitions of streams for tests, without a file. */
public final class TestStreams {

    private static final Column LABEL = new Column("label", ColumnType.TEXT, List.of("label"));
    private static final Column AMOUNT = new Column("amount", ColumnType.NUMERIC, List.of("amount"));

    private TestStreams() {}

    /** Returns a list that is read in the order of its ids. */
    public static StreamDefinition keyset(int pageSize) {
        return list("customers", ReadStrategy.KEYSET, pageSize);
    }

    /** Returns a list of its own that has no changelog. */
    public static StreamDefinition list(String name, ReadStrategy reading, int pageSize) {
        Optional<String> date = reading == ReadStrategy.DATE_SLICES ? Optional.of("date") : Optional.empty();
        return new StreamDefinition(name, "For a test.", "/" + name, Optional.of(name), reading,
                reading != ReadStrategy.WHOLE, pageSize, Optional.empty(), Optional.empty(), Optional.empty(), Map.of(),
                Map.of(), Map.of(), date, true, List.of(), List.of(LABEL, AMOUNT), Optional.empty());
    }

    /** Returns a list of one date and of ids, each of which is to have an index. */
    public static StreamDefinition indexed(String name, String date, String... ids) {
        return StreamFile.read(name + ".yaml",
                StreamFiles.containing(name,
                        """
                path: /%s
                reading: keyset
                columns:
                  %s: date
                %s
                indexes: %s
                """.formatted(name, date,
                                Stream.of(ids).map(id -> "  " + id + ": bigint").collect(Collectors.joining("\n")),
                                date + ", " + String.join(", ", ids))));
    }

    /** Returns the stream with a changelog of its own name. */
    public static StreamDefinition followed(StreamDefinition stream) {
        return new StreamDefinition(stream.name(), stream.description(), stream.path(), stream.scope(),
                stream.reading(), stream.sorted(), stream.pageSizeMax(), stream.parent(), stream.include(),
                Optional.of(stream.name()), stream.alsoChangedBy(), stream.refreshes(), stream.embeds(),
                stream.recordDate(), stream.enabled(), stream.files(), stream.columns(), stream.share());
    }

    /** Returns the stream with a table of the data sharing that fills its columns. */
    public static StreamDefinition shared(StreamDefinition stream) {
        return new StreamDefinition(stream.name(), stream.description(), stream.path(), stream.scope(),
                stream.reading(), stream.sorted(), stream.pageSizeMax(), stream.parent(), stream.include(),
                stream.changelog(), stream.alsoChangedBy(), stream.refreshes(), stream.embeds(), stream.recordDate(),
                stream.enabled(), stream.files(), stream.columns(), Optional.of(table(stream.name())));
    }

    /** Returns a stream that only the data sharing has. */
    public static StreamDefinition shareOnly(String name) {
        return new StreamDefinition(name, "For a test.", "", Optional.of(name), ReadStrategy.SHARE, false, 100,
                Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of(), Optional.empty(),
                true, List.of(), List.of(LABEL, AMOUNT), Optional.of(table(name)));
    }

    private static ShareTable table(String name) {
        return new ShareTable("pennylane." + name, List.of(), Optional.empty(), Optional.empty(),
                List.of(new ShareColumn("label", ColumnType.TEXT, Optional.of("label")),
                        new ShareColumn("amount", ColumnType.NUMERIC, Optional.of("amount"))));
    }

    /** Returns the sub-lists of a stream; they come along with its pages where it is asked for. */
    public static StreamDefinition child(String name, String parent, int pageSize) {
        return new StreamDefinition(name, "For a test.", "/" + parent + "/{parent}/" + name, Optional.of(parent),
                ReadStrategy.CHILDREN, true, pageSize, Optional.of(parent), Optional.of(name), Optional.empty(),
                Map.of(), Map.of(), Map.of(), Optional.empty(), true, List.of(), List.of(LABEL), Optional.empty());
    }

    /** Returns a catalog of streams that have no file. */
    public static StreamCatalog catalog(StreamDefinition... streams) {
        return new StreamCatalog(Stream.of(streams)
                .collect(
                        Collectors.toMap(StreamDefinition::name, stream -> stream, (one, other) -> one, TreeMap::new)));
    }
}

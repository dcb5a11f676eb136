package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;

/**
 * One file of {@code routes/streams/}: a bean whose properties are the facts of the stream, and a route that begins its
 * sync. Camel loads both; this class reads the facts for everything that must know all streams at once (sync, tables,
 * status, reference, lint).
 */
public final class StreamFile {

    static final String BEAN_SUFFIX = "-facts";

    private static final JsonPointer FACTS = JsonPointer.compile("/0/beans/0/properties");

    private final FactsBlock block;
    private final StreamDefinition definition;

    private StreamFile(FactsBlock block, StreamDefinition definition) {
        this.block = block;
        this.definition = definition;
    }

    /**
     * Reads a stream file.
     *
     * @param file the file's name or path, as {@code routes/streams/customers.camel.yaml}; its stem names the stream
     * @throws RoutesException if this is not a stream file, with every fault found
     */
    public static StreamFile open(String file, String content) {
        return of(file, LocatedYaml.read(file, content));
    }

    /** Does as {@link #open} does, with a file that is parsed already. */
    public static StreamFile of(String file, LocatedYaml yaml) {
        List<FactsFault> faults = shapeFaults(file, yaml);
        if (!faults.isEmpty()) {
            throw new RoutesException(faults);
        }
        FactsBlock block = new FactsBlock(file, yaml, FACTS);
        String description = yaml.root().at(StreamFileShape.ROUTE).path("description").asText("");
        return new StreamFile(block, Facts.read(RouteFiles.stem(file), description, block));
    }

    /** Reads the definition in a stream file; see {@link #open}. */
    public static StreamDefinition read(String file, String content) {
        return open(file, content).definition();
    }

    /** Finds what is wrong with the frame of a stream file, whatever its facts are. */
    public static List<FactsFault> shapeFaults(String file, LocatedYaml yaml) {
        return new StreamFileShape(file, yaml).faults();
    }

    public StreamDefinition definition() {
        return definition;
    }

    /** Returns how a stream's bean is named: as no bean of the program, and as no other stream's. */
    public static String beanName(String stream) {
        return stream + BEAN_SUFFIX;
    }

    /** A finding about one of the facts, with its line. */
    public FactsFault fault(Fact fact, String rule, String remedy) {
        return block.faultAt(fact, rule, remedy);
    }

    /** A finding about one of the lines below a fact, with its line in the file. */
    public FactsFault fault(Fact fact, String line, String rule, String remedy) {
        return block.faultAt(fact, line, rule, remedy);
    }
}

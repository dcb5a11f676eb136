package fr.pennylanesync.stream;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The enabled streams that a change of a stream's records reaches.
 *
 * @param children their rows belong to its records
 * @param embedding their records hold copies of parts of its records
 * @param mirrors streams that hold the same relation as the stream, or as a child of it, by that one's name
 */
public record Dependents(List<StreamDefinition> children, List<StreamDefinition> embedding,
        Map<String, Set<String>> mirrors) {

    public static final Dependents NONE = new Dependents(List.of(), List.of());

    public Dependents {
        children = List.copyOf(children);
        embedding = List.copyOf(embedding);
        mirrors = Map.copyOf(mirrors);
    }

    /** Names streams that hold no relation which another one holds too. */
    public Dependents(List<StreamDefinition> children, List<StreamDefinition> embedding) {
        this(children, embedding, Map.of());
    }
}

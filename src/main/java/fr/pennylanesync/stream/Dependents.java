package fr.pennylanesync.stream;

import java.util.List;

/**
 * The enabled streams that a change of a stream's records reaches.
 *
 * @param children their rows belong to its records
 * @param embedding their records hold copies of parts of its records
 */
public record Dependents(List<StreamDefinition> children, List<StreamDefinition> embedding) {

    public static final Dependents NONE = new Dependents(List.of(), List.of());

    public Dependents {
        children = List.copyOf(children);
        embedding = List.copyOf(embedding);
    }
}

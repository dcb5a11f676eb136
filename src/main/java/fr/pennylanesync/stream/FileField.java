package fr.pennylanesync.stream;

import java.util.List;
import java.util.Optional;

/**
 * A field that holds the expiring URL of a file. Its value is never part of the payload, of a hash or of a log.
 *
 * @param path where the URL stands in the record, e.g. {@code attachment.url}
 * @param namePath where the file's name stands, if the record has one
 */
public record FileField(List<String> path, Optional<List<String>> namePath) {

    public FileField {
        path = List.copyOf(path);
        namePath = namePath.map(List::copyOf);
    }

    /** The dotted path: how tables and reports name this field. */
    public String name() {
        return String.join(".", path);
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.stream.Pass;
import java.util.List;
import java.util.Optional;

/**
 * What one sync is about.
 *
 * @param companies aliases or ids; empty: every active company
 * @param streams empty: every enabled stream
 * @param pass empty: whatever is due
 */
public record Selection(List<String> companies, List<String> streams, Optional<Pass> pass) {

    public static final Selection EVERYTHING = new Selection(List.of(), List.of(), Optional.empty());

    public Selection {
        companies = List.copyOf(companies);
        streams = List.copyOf(streams);
    }
}

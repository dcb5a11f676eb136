package fr.pennylanesync.pass;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.Optional;

/** The sub-list that comes along with the pages of a list, as long as the API accepts that. Safe for threads. */
public final class IncludedChild {

    private final Optional<StreamDefinition> child;
    private volatile boolean refused;

    public IncludedChild(Optional<StreamDefinition> child) {
        this.child = child;
    }

    Optional<StreamDefinition> child() {
        return refused ? Optional.empty() : child;
    }

    void refuse() {
        refused = true;
    }
}

package fr.pennylanesync.audit;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.List;

/** One kind of comparison. */
public interface Audit {

    /**
     * Compares, and remembers the results.
     *
     * @param repair whether what differs is read again from the source, and compared once more
     */
    List<AuditResult> run(Collection<Long> companies, Collection<StreamDefinition> streams, boolean repair);
}

package fr.pennylanesync.landing.state;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.Map;
import java.util.function.Function;

/**
 * Says which sub-lists a pass need not ask for, by what it found out. One that has rows here is asked for all the same,
 * and so is one whose parent is not here: a proof empties nothing.
 */
public interface Claims {

    /** @param parents that have nothing in their sub-list, each with the batch that made it due */
    Claim empty(long companyId, StreamDefinition child, Map<Long, Long> parents);

    /**
     * @param parents whose sub-lists are known from the other side of the relation, each with the batch that made it
     * due
     * @param expected what each sub-list holds then
     */
    Claim derived(long companyId, StreamDefinition child, Map<Long, Long> parents, Function<Long, String> expected);
}

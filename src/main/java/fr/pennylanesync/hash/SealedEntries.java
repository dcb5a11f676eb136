package fr.pennylanesync.hash;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Leads a chain over the batches that were removed from it, by the hashes of their entries. */
public final class SealedEntries {

    private final Map<Long, Sha256> entries = new HashMap<>();

    public void add(long number, Sha256 entry) {
        entries.put(number, entry);
    }

    public boolean contains(long number) {
        return entries.containsKey(number);
    }

    /**
     * Returns the chain hash behind the entry of this number, or nothing where it was not sealed.
     *
     * @param before the chain hash before it
     */
    public Optional<Sha256> next(long number, Sha256 before) {
        return Optional.ofNullable(entries.get(number)).map(before::chain);
    }
}

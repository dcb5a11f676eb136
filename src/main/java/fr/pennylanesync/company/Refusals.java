package fr.pennylanesync.company;

import fr.pennylanesync.api.budget.NanoClock;
import fr.pennylanesync.token.TokenFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The aliases whose token is not used now, with the tokens that were refused, so that it is not tried all the time. */
final class Refusals {

    private record RefusedToken(Refusal refusal, Optional<TokenFile.Usable> file, long atNanos) {}

    private final Map<String, RefusedToken> byAlias = new ConcurrentSkipListMap<>();
    private final NanoClock clock;

    Refusals(NanoClock clock) {
        this.clock = clock;
    }

    List<Refusal> all() {
        return byAlias.values().stream().map(RefusedToken::refusal).toList();
    }

    /** @return whether it is news */
    boolean add(Refusal refusal, Optional<TokenFile.Usable> file) {
        RefusedToken before = byAlias.put(refusal.alias(), new RefusedToken(refusal, file, clock.nanos()));
        return before == null || !before.refusal().equals(refusal);
    }

    /** Tells whether that is what was refused lately: another token, or another next one, is news. */
    boolean isCurrent(TokenFile.Usable file, long retryEveryNanos) {
        RefusedToken entry = byAlias.get(file.alias());
        return entry != null
                && entry.file().filter(file::equals).isPresent()
                && clock.nanos() - entry.atNanos() < retryEveryNanos;
    }

    void clear(String alias) {
        byAlias.remove(alias);
    }

    void keepOnly(Set<String> aliases) {
        byAlias.keySet().retainAll(aliases);
    }
}

package fr.pennylanesync.company;

import fr.pennylanesync.api.NanoClock;
import fr.pennylanesync.settings.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The verified tokens of all companies. Safe for several threads; every change is one atomic step. */
final class Bearers {

    private final Map<Long, Bearer> byCompany = new ConcurrentHashMap<>();
    private final NanoClock clock;

    Bearers(NanoClock clock) {
        this.clock = clock;
    }

    Optional<Bearer> of(long companyId) {
        return Optional.ofNullable(byCompany.get(companyId));
    }

    /** Whether the alias's file still holds the token that was verified, recently enough. */
    boolean knows(long companyId, Secret fromFile, long verifyEveryNanos) {
        return of(companyId)
                .filter(bearer -> bearer.fromFile().equals(fromFile))
                .filter(bearer -> clock.nanos() - bearer.verifiedAtNanos() < verifyEveryNanos)
                .isPresent();
    }

    /** Takes a verified token; the one before stays as fallback. */
    void adopt(long companyId, String alias, Secret fromFile, Secret token) {
        byCompany.compute(companyId,
                (id, old) -> new Bearer(alias, fromFile, token, fallback(old, token), clock.nanos()));
    }

    private static Optional<Secret> fallback(Bearer old, Secret token) {
        if (old == null) {
            return Optional.empty();
        }
        return old.current().equals(token) ? old.fallback() : Optional.of(old.current());
    }

    /** Turns to another verified token after the one in use was refused. */
    void replace(long companyId, Secret refused, Secret other) {
        byCompany.computeIfPresent(companyId, (id, old) -> old.current().equals(refused) ? old.using(other) : old);
    }

    void accepted(long companyId, Secret token) {
        Bearer bearer = byCompany.get(companyId);
        if (bearer != null && bearer.fallback().isPresent() && bearer.current().equals(token)) {
            byCompany.computeIfPresent(companyId,
                    (id, old) -> old.current().equals(token) ? old.withoutFallback() : old);
        }
    }

    void drop(long companyId) {
        byCompany.remove(companyId);
    }

    /** @return whether the refused token was the one in use */
    boolean dropIfCurrent(long companyId, Secret refused) {
        Bearer bearer = byCompany.get(companyId);
        return bearer != null && bearer.current().equals(refused) && byCompany.remove(companyId, bearer);
    }
}

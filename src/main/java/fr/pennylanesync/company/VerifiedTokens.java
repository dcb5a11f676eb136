package fr.pennylanesync.company;

import fr.pennylanesync.api.budget.NanoClock;
import fr.pennylanesync.settings.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The verified tokens of all companies. Safe for several threads; every change is one atomic step. */
final class VerifiedTokens {

    private final Map<Long, VerifiedToken> byCompany = new ConcurrentHashMap<>();
    private final Map<Long, Long> askedInDoubt = new ConcurrentHashMap<>();
    private final NanoClock clock;

    VerifiedTokens(NanoClock clock) {
        this.clock = clock;
    }

    Optional<VerifiedToken> of(long companyId) {
        return Optional.ofNullable(byCompany.get(companyId));
    }

    /** Tells whether the alias's file still holds the token that was verified, recently enough. */
    boolean knows(long companyId, Secret fromFile, long verifyEveryNanos) {
        return of(companyId)
                .filter(verifiedToken -> verifiedToken.fromFile().equals(fromFile))
                .filter(verifiedToken -> clock.nanos() - verifiedToken.verifiedAtNanos() < verifyEveryNanos)
                .isPresent();
    }

    /** Tells whether it is long enough ago that a token was asked about because another process refused it. */
    boolean mayAskInDoubt(long companyId, long everyNanos) {
        Long asked = askedInDoubt.get(companyId);
        return asked == null || clock.nanos() - asked >= everyNanos;
    }

    void askedInDoubt(long companyId) {
        askedInDoubt.put(companyId, clock.nanos());
    }

    /** Takes a verified token; the one before stays as fallback. */
    void adopt(long companyId, String alias, Secret fromFile, Secret token) {
        byCompany.compute(companyId,
                (id, old) -> new VerifiedToken(alias, fromFile, token, fallback(old, token), clock.nanos()));
    }

    private static Optional<Secret> fallback(VerifiedToken old, Secret token) {
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
        VerifiedToken verifiedToken = byCompany.get(companyId);
        if (verifiedToken != null && verifiedToken.fallback().isPresent() && verifiedToken.current().equals(token)) {
            byCompany.computeIfPresent(companyId,
                    (id, old) -> old.current().equals(token) ? old.withoutFallback() : old);
        }
    }

    void drop(long companyId) {
        byCompany.remove(companyId);
    }

    /** @return whether the refused token was the one in use */
    boolean dropIfCurrent(long companyId, Secret refused) {
        VerifiedToken verifiedToken = byCompany.get(companyId);
        return verifiedToken != null && verifiedToken.current().equals(refused)
                && byCompany.remove(companyId, verifiedToken);
    }
}

package fr.pennylanesync.sandbox.http;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Which token opens which company, with which scopes. */
public final class TokenDesk {

    /**
     * What a token is good for.
     *
     * @param expiresAt {@link Instant#MAX} for a company token
     */
    public record Grant(String token, long companyId, List<String> scopes, Instant expiresAt) {

        public Grant {
            scopes = List.copyOf(scopes);
        }

        /** Whether it is a company token, rather than one that an application got by OAuth. */
        public boolean isLasting() {
            return expiresAt.equals(Instant.MAX);
        }
    }

    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final SplittableRandom random;

    public TokenDesk(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Gives a company one more token; its others stay good. */
    public Grant issue(long companyId, List<String> scopes) {
        return issue(companyId, scopes, Instant.MAX);
    }

    synchronized Grant issue(long companyId, List<String> scopes, Instant expiresAt) {
        Grant grant = new Grant(draw(), companyId, scopes, expiresAt);
        grants.put(grant.token(), grant);
        return grant;
    }

    /** A new secret. */
    public synchronized String draw() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    public synchronized Optional<Grant> find(String token, Instant now) {
        return Optional.ofNullable(grants.get(token)).filter(grant -> now.isBefore(grant.expiresAt()));
    }

    synchronized void withdraw(String token) {
        grants.remove(token);
    }

    /** The company tokens of a company, oldest first. */
    public synchronized List<Grant> of(long companyId) {
        return grants.values().stream().filter(grant -> grant.companyId() == companyId && grant.isLasting()).toList();
    }

    public synchronized void revoke(long companyId) {
        grants.values().removeIf(grant -> grant.companyId() == companyId);
    }

    /** @return whether there was such a token */
    public synchronized boolean revoke(String token) {
        return grants.remove(token) != null;
    }

    public synchronized void setScopes(long companyId, List<String> scopes) {
        grants.replaceAll((token, grant) -> grant.companyId() == companyId
                ? new Grant(token, companyId, scopes, grant.expiresAt())
                : grant);
    }

    /** From now on the tokens of one company open the other. */
    public synchronized void swap(long one, long other) {
        grants.replaceAll((token, grant) -> grant.companyId() == one
                ? new Grant(token, other, grant.scopes(), grant.expiresAt())
                : grant.companyId() == other ? new Grant(token, one, grant.scopes(), grant.expiresAt()) : grant);
    }
}

package fr.pennylanesync.sandbox.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Which token opens which company, with which scopes. */
public final class TokenDesk {

    /** What a token is good for. */
    public record Grant(String token, long companyId, List<String> scopes) {

        public Grant {
            scopes = List.copyOf(scopes);
        }
    }

    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final SplittableRandom random;

    public TokenDesk(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Gives a company one more token; its others stay good. */
    public synchronized Grant issue(long companyId, List<String> scopes) {
        String token = Long.toHexString(random.nextLong() | Long.MIN_VALUE) + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        Grant grant = new Grant(token, companyId, scopes);
        grants.put(token, grant);
        return grant;
    }

    public synchronized Optional<Grant> find(String token) {
        return Optional.ofNullable(grants.get(token));
    }

    /** The company's tokens, oldest first. */
    public synchronized List<Grant> of(long companyId) {
        return grants.values().stream().filter(grant -> grant.companyId() == companyId).toList();
    }

    public synchronized void revoke(long companyId) {
        grants.values().removeIf(grant -> grant.companyId() == companyId);
    }

    /** @return whether there was such a token */
    public synchronized boolean revoke(String token) {
        return grants.remove(token) != null;
    }

    public synchronized void setScopes(long companyId, List<String> scopes) {
        grants.replaceAll((token, grant) -> grant.companyId() == companyId ? new Grant(token, companyId, scopes) : grant);
    }

    /** From now on the tokens of one company open the other. */
    public synchronized void swap(long one, long other) {
        grants.replaceAll((token, grant) -> grant.companyId() == one ? new Grant(token, other, grant.scopes())
                : grant.companyId() == other ? new Grant(token, one, grant.scopes()) : grant);
    }
}

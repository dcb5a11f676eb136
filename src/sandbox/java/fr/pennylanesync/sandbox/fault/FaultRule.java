package fr.pennylanesync.sandbox.fault;

import java.time.Duration;
import java.util.Set;

/**
 * One fault and when it strikes. A rule counts the requests it could strike (those of its path and company, and to
 * which the fault applies: a cursor loop needs a cursor), starting at 1.
 *
 * @param probability of each such request, 0 to 1
 * @param requests the numbers of such requests, whatever the probability
 * @param path what the path after {@code /api/external/v2} starts with; empty for any
 * @param companyId 0 for any
 * @param limit how often it may strike
 * @param duration how long a drip lasts
 */
public record FaultRule(FaultKind kind, double probability, Set<Long> requests, String path, long companyId, long limit,
        Duration duration) {

    public FaultRule {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be between 0 and 1, not " + probability);
        }
        if (limit < 1 || duration.isNegative()) {
            throw new IllegalArgumentException("limit must be at least 1 and duration not negative");
        }
        requests = Set.copyOf(requests);
    }

    public static FaultRule always(FaultKind kind) {
        return withProbability(kind, 1);
    }

    public static FaultRule withProbability(FaultKind kind, double probability) {
        return new FaultRule(kind, probability, Set.of(), "", 0, Long.MAX_VALUE, Duration.ofSeconds(2));
    }

    public static FaultRule onRequests(FaultKind kind, Long... numbers) {
        return new FaultRule(kind, 0, Set.of(numbers), "", 0, Long.MAX_VALUE, Duration.ofSeconds(2));
    }

    public FaultRule onPath(String start) {
        return new FaultRule(kind, probability, requests, start, companyId, limit, duration);
    }

    public FaultRule onCompany(long id) {
        return new FaultRule(kind, probability, requests, path, id, limit, duration);
    }

    public FaultRule atMost(long times) {
        return new FaultRule(kind, probability, requests, path, companyId, times, duration);
    }

    public FaultRule lasting(Duration newDuration) {
        return new FaultRule(kind, probability, requests, path, companyId, limit, newDuration);
    }

    boolean concerns(String requestPath, long requestCompanyId) {
        return requestPath.startsWith(path) && (companyId == 0 || companyId == requestCompanyId);
    }
}

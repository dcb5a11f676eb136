package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiAnswers;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.checkpoint.PositionClock;
import fr.pennylanesync.failure.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests of this runtime by company and outcome, and tells the clock of positions the API's time. The
 * status of a request without a whole answer is the code of its failure. A token whose company nobody knows yet is
 * asked about under a number below zero, which counts as {@link #UNIDENTIFIED}: the number of labels stays that of the
 * companies.
 */
final class RequestMetrics implements RequestMeter {

    static final String UNIDENTIFIED = "unidentified";

    private static final String REQUESTS = "pennylane_sync_requests_total";
    private static final String RATE_LIMITED = "pennylane_sync_rate_limited_total";
    private static final String UTILISATION = "pennylane_sync_budget_utilisation";
    private static final String COMPANY = "company";
    private static final int TOO_MANY_REQUESTS = 429;

    private final PositionClock clock;
    private final RateBudgets budgets;
    private final MeterRegistry meters;
    private final ApiAnswers answers;
    private final Counter rateLimited;
    private final Set<Long> gauged = ConcurrentHashMap.newKeySet();
    private final Map<Long, LongAdder> sent = new ConcurrentHashMap<>();

    RequestMetrics(PositionClock clock, RateBudgets budgets, MeterRegistry meters, ApiAnswers answers) {
        this.answers = answers;
        this.clock = clock;
        this.budgets = budgets;
        this.meters = meters;
        this.rateLimited = Counter.builder(RATE_LIMITED).description("Answers 429 of Pennylane; none in normal running")
                .register(meters);
    }

    @Override
    public void answered(long companyId, int status) {
        count(companyId, Integer.toString(status));
        answers.answered(status);
        if (status == TOO_MANY_REQUESTS) {
            rateLimited.increment();
        }
    }

    @Override
    public void failed(long companyId, ErrorCode code) {
        count(companyId, code.name());
        answers.failed(code);
    }

    @Override
    public void dated(Instant date) {
        clock.answered(date);
    }

    /** Returns how many requests this process has sent for a company. */
    long requests(long companyId) {
        return Optional.ofNullable(sent.get(companyId)).map(LongAdder::sum).orElse(0L);
    }

    private void count(long companyId, String status) {
        if (companyId > 0) {
            sent.computeIfAbsent(companyId, any -> new LongAdder()).increment();
        }
        Counter.builder(REQUESTS).description("Requests to Pennylane").tag(COMPANY, label(companyId))
                .tag("status", status).register(meters)
                .increment();
        if (companyId > 0 && gauged.add(companyId)) {
            Gauge.builder(UTILISATION, budgets, all -> all.of(companyId).utilisation())
                    .description("Share of the request budget in use, 0 to 1")
                    .tag(COMPANY, label(companyId)).register(meters);
        }
    }

    private static String label(long companyId) {
        return companyId > 0 ? Long.toString(companyId) : UNIDENTIFIED;
    }
}

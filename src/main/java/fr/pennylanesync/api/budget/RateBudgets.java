package fr.pennylanesync.api.budget;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** The budgets of all companies, one each, made when first asked for. */
public final class RateBudgets {

    private final BudgetSettings settings;
    private final DelayedExecutor delayedExecutor = DelayedExecutor.onDaemonThread("pennylane-budgets");
    private final Map<Long, RateBudget> budgets = new ConcurrentHashMap<>();

    public RateBudgets(BudgetSettings settings) {
        this.settings = settings;
    }

    public RateBudget of(long companyId) {
        return budgets.computeIfAbsent(companyId,
                id -> new RateBudget(settings, NanoClock.SYSTEM, delayedExecutor, RandomGenerator.getDefault()));
    }

    /** Every budget by company id, for metrics; a live view. */
    public Map<Long, RateBudget> all() {
        return Collections.unmodifiableMap(budgets);
    }

    /** Forgets the budget of a company that is gone. */
    public void forget(long companyId) {
        budgets.remove(companyId);
    }
}

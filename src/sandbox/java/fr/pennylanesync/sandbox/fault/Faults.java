package fr.pennylanesync.sandbox.fault;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** The live fault plan: decides which request is struck by which fault, and counts them. */
public final class Faults {

    private List<Counter> counters = List.of();
    private final Map<FaultKind, Long> struck = new EnumMap<>(FaultKind.class);

    public Faults(FaultPlan plan) {
        use(plan);
    }

    /** Replaces the plan; counts of what already struck are kept, request numbers start again at 1. */
    public synchronized void use(FaultPlan plan) {
        SplittableRandom seeds = new SplittableRandom(plan.seed());
        counters = plan.rules().stream().map(rule -> new Counter(rule, seeds.split())).toList();
    }

    public void clear() {
        use(FaultPlan.NONE);
    }

    /** How often a fault has struck since the start. */
    public synchronized long count(FaultKind kind) {
        return struck.getOrDefault(kind, 0L);
    }

    /** Whether any rule of this kind is in force. */
    public synchronized boolean plans(FaultKind kind) {
        return counters.stream().anyMatch(counter -> counter.rule.kind() == kind);
    }

    /** The rule that strikes this request at this stage, if any. */
    public synchronized Optional<FaultRule> strike(FaultKind.Stage stage, String path, long companyId,
            Predicate<FaultKind> applies) {
        for (Counter counter : counters) {
            FaultRule rule = counter.rule;
            if (rule.kind().stage() == stage && rule.concerns(path, companyId) && applies.test(rule.kind())
                    && counter.strikes()) {
                struck.merge(rule.kind(), 1L, Long::sum);
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static final class Counter {
        private final FaultRule rule;
        private final SplittableRandom random;
        private long seen;
        private long times;

        Counter(FaultRule rule, SplittableRandom random) {
            this.rule = rule;
            this.random = random;
        }

        boolean strikes() {
            seen++;
            boolean drawn = random.nextDouble() < rule.probability();
            if (times >= rule.limit() || !(drawn || rule.requests().contains(seen))) {
                return false;
            }
            times++;
            return true;
        }
    }
}

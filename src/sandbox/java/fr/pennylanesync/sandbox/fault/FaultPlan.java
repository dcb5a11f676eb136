package fr.pennylanesync.sandbox.fault;

import java.util.Arrays;
import java.util.List;

/** The faults to come. The first rule that strikes wins, at each {@link FaultKind.Stage}. */
public record FaultPlan(long seed, List<FaultRule> rules) {

    public static final FaultPlan NONE = new FaultPlan(0, List.of());

    public FaultPlan {
        rules = List.copyOf(rules);
    }

    public static FaultPlan of(FaultRule... rules) {
        return new FaultPlan(0, Arrays.asList(rules));
    }
}

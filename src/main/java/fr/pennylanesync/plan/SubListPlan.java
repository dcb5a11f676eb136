package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.pass.ChildrenPass;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Decides how the sub-lists of a stream are read: what need not be asked for is found out first. */
final class SubListPlan {

    /**
     * One pass to come.
     *
     * @param ended what follows once it has come to its end
     */
    record Step(Supplier<Pass> open, Runnable ended) {}

    private final long companyId;
    private final StreamDefinition stream;
    private final PassFactory passes;
    private final StreamLifecycle states;
    private Pass emptiness;
    private Pass children;

    SubListPlan(long companyId, StreamDefinition stream, PassFactory passes, StreamLifecycle states) {
        this.companyId = companyId;
        this.stream = stream;
        this.passes = passes;
        this.states = states;
    }

    /** Returns the passes; none where the other side of the relation is read first, and what follows up derives it. */
    List<Step> steps(SyncRequest request) {
        String parent = stream.parent().orElseThrow();
        states.follow(companyId, stream.name(), parent);
        passes.arrange(companyId, stream);
        boolean whole = request.pass().filter(PassKind.SWEEP::equals).isPresent();
        if (!whole && !request.onlyRecords() && !stream.evidence().mirrors().isEmpty()
                && passes.isWorthDeriving(companyId, stream)) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(whole ? List.of() : proofs());
        steps.add(new Step(() -> {
            children = passes.children(companyId, stream, whole);
            return children;
        }, () -> ended(parent, whole)));
        return steps;
    }

    /** Tells that what made room for changes is not read to its end. */
    private void ended(String parent, boolean whole) {
        if (!(children instanceof ChildrenPass read && read.isPaused())) {
            states.walked(companyId, stream.name(), whole);
            states.follow(companyId, stream.name(), parent);
        }
    }

    private List<Step> proofs() {
        List<Step> steps = new ArrayList<>();
        if (!stream.evidence().filteredBy().isEmpty()) {
            steps.add(new Step(() -> {
                emptiness = passes.emptiness(companyId, stream);
                return emptiness;
            }, () -> passes.emptinessEnded(companyId, stream, emptiness)));
        }
        if (!stream.evidence().mirrors().isEmpty()) {
            steps.add(new Step(() -> passes.derivation(companyId, stream), () -> {}));
        }
        return steps;
    }
}

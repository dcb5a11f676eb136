package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamState;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks once how far a stream is while one plan looks at it from several sides: most streams have nothing to read at
 * most syncs, and then their plan is all that a sync costs. Whatever moves a stream, and every pass, makes it ask anew.
 */
final class RememberedStates implements StreamLifecycle {

    private final StreamLifecycle states;
    private final Map<String, StreamProgress> known = new ConcurrentHashMap<>();

    /** @param states of the one company that the plan is for */
    RememberedStates(StreamLifecycle states) {
        this.states = states;
    }

    /** Asks anew from now on. */
    void forget() {
        known.clear();
    }

    @Override
    public StreamProgress progress(long companyId, String stream) {
        return known.computeIfAbsent(stream, name -> states.progress(companyId, name));
    }

    @Override
    public boolean introduce(long companyId, String stream) {
        forget();
        return states.introduce(companyId, stream);
    }

    @Override
    public Set<String> introduceChildren(long companyId, Collection<String> children) {
        forget();
        return states.introduceChildren(companyId, children);
    }

    @Override
    public void keepApart(long companyId, String stream) {
        states.keepApart(companyId, stream);
        forget();
    }

    @Override
    public void move(long companyId, String stream, StreamState from, StreamState to) {
        states.move(companyId, stream, from, to);
        forget();
    }

    @Override
    public void beginHistory(long companyId, String stream, StreamState from, Instant at, Source source) {
        states.beginHistory(companyId, stream, from, at, source);
        forget();
    }

    @Override
    public boolean beganUnfounded(long companyId, String stream) {
        return states.beganUnfounded(companyId, stream);
    }

    @Override
    public void historySource(long companyId, String stream, Source source) {
        states.historySource(companyId, stream, source);
        forget();
    }

    @Override
    public void follow(long companyId, String child, String parent) {
        states.follow(companyId, child, parent);
        forget();
    }

    @Override
    public void walked(long companyId, String stream, boolean alsoSwept) {
        states.walked(companyId, stream, alsoSwept);
        forget();
    }

    @Override
    public void succeeded(long companyId, String stream) {
        states.succeeded(companyId, stream);
        forget();
    }

    @Override
    public boolean notPermitted(long companyId, String stream, String scope) {
        return states.notPermitted(companyId, stream, scope);
    }
}

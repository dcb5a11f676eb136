package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of one company's streams, in memory; each move is kept. */
final class MemoryLifecycle implements StreamLifecycle {

    private final Map<String, StreamProgress> streams = new HashMap<>();
    private final Set<String> childrenIntroduced = new HashSet<>();
    final Set<String> busy = new HashSet<>();
    boolean beganUnfounded;
    private final List<String> log = new ArrayList<>();

    /** Says where a stream is. */
    void set(String stream, StreamProgress progress) {
        streams.put(stream, progress);
    }

    StreamState state(String stream) {
        return progress(1, stream).state();
    }

    /** Returns what was noted, in its order. */
    List<String> log() {
        return log;
    }

    boolean isKnown(String stream) {
        return streams.containsKey(stream);
    }

    @Override
    public boolean introduce(long companyId, String stream) {
        return streams.putIfAbsent(stream, StreamProgress.NEW) == null;
    }

    @Override
    public Set<String> introduceChildren(long companyId, Collection<String> children) {
        children.forEach(child -> introduce(companyId, child));
        return children.stream().filter(childrenIntroduced::add).collect(Collectors.toSet());
    }

    @Override
    public StreamProgress progress(long companyId, String stream) {
        return streams.getOrDefault(stream, StreamProgress.NEW);
    }

    @Override
    public void keepApart(long companyId, String stream) {
        set(stream, in(progress(companyId, stream), StreamState.APART));
        log.add("apart " + stream);
    }

    @Override
    public void move(long companyId, String stream, StreamState from, StreamState to) {
        expect(stream, from);
        set(stream, in(progress(companyId, stream), to));
        log.add(from + " -> " + to);
    }

    private void expect(String stream, StreamState from) {
        if (state(stream) != from) {
            throw new IllegalStateException(stream + " is not " + from + " but " + state(stream));
        }
    }

    private static StreamProgress in(StreamProgress life, StreamState state) {
        return new StreamProgress(state, life.historyBeganAt(), life.sweptAt(), life.sweepStopped(),
                life.historySource());
    }

    @Override
    public void beginHistory(long companyId, String stream, StreamState from, Instant at, Source source) {
        expect(stream, from);
        StreamProgress life = progress(companyId, stream);
        set(stream, new StreamProgress(StreamState.HISTORY, Optional.of(at), life.sweptAt(), life.sweepStopped(),
                source));
        log.add(from + " -> HISTORY of " + source);
    }

    @Override
    public boolean beganUnfounded(long companyId, String stream) {
        return beganUnfounded;
    }

    @Override
    public void historySource(long companyId, String stream, Source source) {
        StreamProgress life = progress(companyId, stream);
        set(stream, new StreamProgress(life.state(), life.historyBeganAt(), life.sweptAt(), life.sweepStopped(),
                source));
        log.add("source " + source);
    }

    @Override
    public void follow(long companyId, String child, String parent) {
        log.add("follows " + parent);
    }

    @Override
    public void walked(long companyId, String stream, boolean alsoSwept) {
        log.add(alsoSwept ? "walked and swept" : "walked");
    }

    @Override
    public void succeeded(long companyId, String stream) {
        log.add("succeeded");
    }

    @Override
    public Map<String, Standing> standings(long companyId) {
        return streams.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                stream -> new Standing(stream.getValue(), !busy.contains(stream.getKey()))));
    }

    @Override
    public Set<String> passOver(long companyId, Collection<StreamDefinition> passed, Duration ago) {
        Set<String> names = passed.stream()
                .filter(stream -> isQuiet(stream.name()) && stream.parent().stream().allMatch(this::isLive))
                .map(StreamDefinition::name).collect(Collectors.toCollection(LinkedHashSet::new));
        names.forEach(name -> log.add("passed over " + name));
        return names;
    }

    private boolean isQuiet(String stream) {
        return isLive(stream) && !busy.contains(stream);
    }

    private boolean isLive(String stream) {
        return state(stream) == StreamState.LIVE;
    }

    @Override
    public boolean notPermitted(long companyId, String stream, String scope) {
        log.add("not permitted " + stream + " for lack of " + scope);
        return true;
    }
}

package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the streams that a sync need not look at: nothing of them is due, and no changelog is to be asked about them,
 * or it was silent. They are noted as up to date, all those of a round by one statement as it ends. Most syncs find
 * nothing new, and what an idle stream costs, each of them pays for every stream.
 */
public final class IdleStreams {

    private final StreamLifecycle states;
    private final StreamCatalog catalog;
    private final Progress progress;

    public IdleStreams(StreamLifecycle states, StreamCatalog catalog, Progress progress) {
        this.states = states;
        this.catalog = catalog;
        this.progress = progress;
    }

    /**
     * Passes over the child streams of which no sub-list is due.
     *
     * @return the names of the others
     */
    public List<String> childrenToRead(long companyId, String parent, SyncRequest request) {
        List<StreamDefinition> children = catalog.childrenOf(parent);
        return names(request.pass().isPresent() ? children : notIdle(companyId, children));
    }

    /**
     * Leaves out a stream whose changelogs were silent, and those of its child streams of which nothing is due.
     *
     * @return the names of the other child streams
     */
    List<String> toReadBehindSilence(long companyId, StreamDefinition stream, Round round) {
        leaveOut(companyId, withChildren(stream).filter(round::isIdle).toList(), round);
        return names(catalog.childrenOf(stream.name()).stream().filter(child -> !round.isIdle(child)).toList());
    }

    /**
     * Leaves out the streams without a changelog of which nothing is due, not even a complete walk, nor of their child
     * streams.
     *
     * @param isShared tells whether the data sharing has rows of a stream, so that more than its list may be due
     * @return the others; all of them if there would be none
     */
    List<StreamDefinition> toRead(long companyId, List<StreamDefinition> streams, Round round, SyncRequest request,
            Predicate<StreamDefinition> isShared) {
        if (request.pass().isPresent() || request.onlyRecords()) {
            return streams;
        }
        List<StreamDefinition> idle = streams.stream().filter(stream -> isIdle(stream, round, request))
                .filter(stream -> stream.share().isEmpty() || !isShared.test(stream)).toList();
        if (idle.size() == streams.size()) {
            return streams;
        }
        leaveOut(companyId, idle.stream().flatMap(this::withChildren).toList(), round);
        return streams.stream().filter(stream -> !idle.contains(stream)).toList();
    }

    private boolean isIdle(StreamDefinition stream, Round round, SyncRequest request) {
        return !stream.isChild() && stream.isListed() && stream.changelog().isEmpty() && stream.feeds().isEmpty()
                && withChildren(stream).allMatch(round::isIdle)
                && !request.isSweepDue(stream, round.progress(stream.name()));
    }

    private Stream<StreamDefinition> withChildren(StreamDefinition stream) {
        return Stream.concat(Stream.of(stream), catalog.childrenOf(stream.name()).stream());
    }

    /** Leaves streams out of this round: what becomes due of them by its others is read by the next one. */
    private void leaveOut(long companyId, List<StreamDefinition> streams, Round round) {
        streams.forEach(stream -> progress.idle(companyId, stream.name()));
        round.passOver(streams);
    }

    /** Notes the idle ones as up to date. */
    private List<StreamDefinition> notIdle(long companyId, List<StreamDefinition> streams) {
        if (streams.isEmpty()) {
            return streams;
        }
        Set<String> idle = states.passOver(companyId, streams, Duration.ZERO);
        idle.forEach(stream -> progress.idle(companyId, stream));
        return streams.stream().filter(stream -> !idle.contains(stream.name())).toList();
    }

    private static List<String> names(List<StreamDefinition> streams) {
        return streams.stream().map(StreamDefinition::name).toList();
    }
}

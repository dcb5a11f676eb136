package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamLifecycle.Standing;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the streams that a sync need not look at, all those of a company by one question to the warehouse: nothing of
 * them is due, and no changelog is to be asked about them. They are noted as up to date. Most syncs find nothing new,
 * and what an idle stream costs, each of them pays for every stream.
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
     * Passes over the records of a stream whose changelogs were silent, and over its child streams, as far as none of
     * them is due.
     *
     * @return the names of the others
     */
    List<String> toReadBehindSilence(long companyId, StreamDefinition stream) {
        return names(notIdle(companyId, withChildren(stream).toList()));
    }

    /**
     * Passes over the streams without a changelog of which nothing is due, not even a complete walk, and over their
     * child streams.
     *
     * @param standings how the streams stand, by their names
     * @param isShared tells whether the data sharing has rows of a stream, so that more than its list may be due
     * @return the others; all of them if there would be none
     */
    List<StreamDefinition> toRead(long companyId, List<StreamDefinition> streams, Map<String, Standing> standings,
            SyncRequest request, Predicate<StreamDefinition> isShared) {
        if (request.pass().isPresent() || request.onlyRecords()) {
            return streams;
        }
        List<StreamDefinition> idle = streams.stream().filter(stream -> isIdle(stream, standings, request))
                .filter(stream -> stream.share().isEmpty() || !isShared.test(stream)).toList();
        if (idle.size() == streams.size()) {
            return streams;
        }
        List<StreamDefinition> due = notIdle(companyId, idle.stream().flatMap(this::withChildren).toList());
        return streams.stream()
                .filter(stream -> !idle.contains(stream) || withChildren(stream).anyMatch(due::contains)).toList();
    }

    private boolean isIdle(StreamDefinition stream, Map<String, Standing> standings, SyncRequest request) {
        return !stream.isChild() && stream.isListed() && stream.changelog().isEmpty() && stream.feeds().isEmpty()
                && withChildren(stream).map(each -> standings.get(each.name()))
                        .allMatch(standing -> standing != null && standing.isIdle())
                && !request.isSweepDue(stream, standings.get(stream.name()).progress());
    }

    private Stream<StreamDefinition> withChildren(StreamDefinition stream) {
        return Stream.concat(Stream.of(stream), catalog.childrenOf(stream.name()).stream());
    }

    /** Notes the idle ones as up to date. */
    private List<StreamDefinition> notIdle(long companyId, List<StreamDefinition> streams) {
        if (streams.isEmpty()) {
            return streams;
        }
        Set<String> idle = states.passOver(companyId, streams);
        idle.forEach(stream -> progress.idle(companyId, stream));
        return streams.stream().filter(stream -> !idle.contains(stream.name())).toList();
    }

    private static List<String> names(List<StreamDefinition> streams) {
        return streams.stream().map(StreamDefinition::name).toList();
    }
}

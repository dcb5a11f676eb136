package fr.pennylanesync.plan;

import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.landing.state.StreamLifecycle.LiveStream;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
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
        if (children.isEmpty() || request.pass().isPresent()) {
            return names(children);
        }
        Map<String, LiveStream> live = states.live(companyId);
        List<StreamDefinition> idle = live.containsKey(parent) ? quiet(children, live) : List.of();
        passOver(companyId, List.of(), idle);
        return names(children.stream().filter(child -> !idle.contains(child)).toList());
    }

    /**
     * Passes over the streams without a changelog of which nothing is due, not even a complete walk, and over their
     * child streams.
     *
     * @param isShared tells whether the data sharing has rows of a stream, so that more than its list may be due
     * @return the others; all of them if there would be none
     */
    List<StreamDefinition> toRead(long companyId, List<StreamDefinition> streams, SyncRequest request,
            Predicate<StreamDefinition> isShared) {
        if (request.pass().isPresent() || request.onlyRecords()) {
            return streams;
        }
        Map<String, LiveStream> live = states.live(companyId);
        List<StreamDefinition> idle = streams.stream().filter(stream -> isIdle(stream, live, request))
                .filter(stream -> stream.share().isEmpty() || !isShared.test(stream)).toList();
        if (idle.size() == streams.size()) {
            return streams;
        }
        passOver(companyId, idle, idle.stream().flatMap(stream -> catalog.childrenOf(stream.name()).stream()).toList());
        return streams.stream().filter(stream -> !idle.contains(stream)).toList();
    }

    private boolean isIdle(StreamDefinition stream, Map<String, LiveStream> live, SyncRequest request) {
        List<StreamDefinition> children = catalog.childrenOf(stream.name());
        return !stream.isChild() && stream.isListed() && stream.changelog().isEmpty() && stream.feeds().isEmpty()
                && isQuiet(stream, live)
                && !SyncPlan.isSweepDue(stream, live.get(stream.name()).sweptAt(), false, request)
                && quiet(children, live).size() == children.size();
    }

    private static List<StreamDefinition> quiet(List<StreamDefinition> streams, Map<String, LiveStream> live) {
        return streams.stream().filter(stream -> isQuiet(stream, live)).toList();
    }

    private static boolean isQuiet(StreamDefinition stream, Map<String, LiveStream> live) {
        return live.containsKey(stream.name()) && live.get(stream.name()).isQuiet();
    }

    private void passOver(long companyId, List<StreamDefinition> streams, List<StreamDefinition> children) {
        if (!streams.isEmpty() || !children.isEmpty()) {
            states.passedOver(companyId, names(streams), names(children));
            Stream.concat(streams.stream(), children.stream())
                    .forEach(stream -> progress.idle(companyId, stream.name()));
        }
    }

    private static List<String> names(List<StreamDefinition> streams) {
        return streams.stream().map(StreamDefinition::name).toList();
    }
}

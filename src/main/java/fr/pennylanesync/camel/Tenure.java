package fr.pennylanesync.camel;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long a set of routes is in force, stream by stream. Its passes ask after each batch; a stream that is taken away from the set breaks
 * off and goes on in the set that follows.
 */
final class Tenure {

    /** @param replaced the next set writes their rows differently, so this one may not land them any more */
    private record Taken(Set<String> replaced, Set<String> others) {}

    private static final Taken NONE = new Taken(Set.of(), Set.of());

    private volatile Taken taken = NONE;

    /**
     * Takes further streams away.
     *
     * @return gives these back
     */
    synchronized Runnable take(Set<String> replaced, Set<String> others) {
        Taken before = taken;
        taken = new Taken(union(before.replaced(), replaced), union(before.others(), others));
        return () -> giveBack(before);
    }

    private synchronized void giveBack(Taken before) {
        taken = before;
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    boolean isReplaced(String stream) {
        return taken.replaced().contains(stream);
    }

    /**
     * Whether a pass over the stream goes on here after a batch.
     *
     * @param resumable whether another pass could go on from the checkpoint without reading anything again
     */
    boolean keeps(String stream, boolean resumable) {
        Taken now = taken;
        return !now.replaced().contains(stream) && !(resumable && now.others().contains(stream));
    }

    /** Whether a stream that was left unfinished here has somewhere else to go on. */
    boolean isTaken(String stream) {
        Taken now = taken;
        return now.replaced().contains(stream) || now.others().contains(stream);
    }
}

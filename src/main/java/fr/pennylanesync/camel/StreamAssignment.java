package fr.pennylanesync.camel;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells how long a set of routes is in force, stream by stream. Its passes ask after each batch; a stream that is taken
 * away from the set breaks off and goes on in the set that follows.
 */
final class StreamAssignment {

    /** @param replaced the next set writes their rows differently, so this one may not land them any more */
    private record Revoked(Set<String> replaced, Set<String> others) {}

    private static final Revoked NONE = new Revoked(Set.of(), Set.of());

    private volatile Revoked revoked = NONE;

    /**
     * Takes further streams away.
     *
     * @return gives these back
     */
    synchronized Runnable revoke(Set<String> replaced, Set<String> others) {
        Revoked before = revoked;
        revoked = new Revoked(union(before.replaced(), replaced), union(before.others(), others));
        return () -> giveBack(before);
    }

    private synchronized void giveBack(Revoked before) {
        revoked = before;
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        return Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    boolean isReplaced(String stream) {
        return revoked.replaced().contains(stream);
    }

    /**
     * Tells whether a pass over the stream goes on here after a batch.
     *
     * @param resumable whether another pass could go on from the checkpoint without reading anything again
     */
    boolean mayContinue(String stream, boolean resumable) {
        Revoked now = revoked;
        return !now.replaced().contains(stream) && !(resumable && now.others().contains(stream));
    }

    /** Tells whether a stream that was left unfinished here has somewhere else to go on. */
    boolean isRevoked(String stream) {
        Revoked now = revoked;
        return now.replaced().contains(stream) || now.others().contains(stream);
    }
}

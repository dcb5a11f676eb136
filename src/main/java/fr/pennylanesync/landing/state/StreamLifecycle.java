package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.state.StreamStates.StreamProgress;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** Says what a plan asks of the state of a stream, and how it moves it. */
public interface StreamLifecycle {

    /**
     * Says how a stream stands.
     *
     * @param isQuiet whether it has no error, and nothing of it is due: neither a record or a sub-list, nor one that
     * was read too early, nor a sweep that waits to be confirmed
     */
    record Standing(StreamProgress progress, boolean isQuiet) {

        /** Tells whether nothing but a changelog or a sweep can ask for more of the stream. */
        public boolean isIdle() {
            return progress.state() == StreamState.LIVE && isQuiet;
        }
    }

    /** @return whether the stream was not known before */
    boolean introduce(long companyId, String stream);

    /**
     * @return those of the child streams of which the sub-lists of all parents that are here are to be made due: once
     * in their life
     */
    Set<String> introduceChildren(long companyId, Collection<String> children);

    StreamProgress progress(long companyId, String stream);

    /** A table of the data sharing was read whole; it has no state before its first row is landed. */
    void keepApart(long companyId, String stream);

    /**
     * @throws IllegalStateException if the stream is not in the expected state: only a fault of ours can be the reason
     */
    void move(long companyId, String stream, StreamState from, StreamState to);

    /**
     * All of it at once: a history that knows its beginning, but not where it is read, could not go on.
     *
     * @param at an instant that had passed before the first read of the history, as several clocks agree
     * @param source where it will be read from
     */
    void beginHistory(long companyId, String stream, StreamState from, Instant at, Source source);

    /**
     * Tells whether the current history's beginning was ahead of the database's clock when it was noted: then nothing
     * but another clock can have said so.
     */
    boolean beganUnfounded(long companyId, String stream);

    /** The history goes on from elsewhere; the instant before its first read stays. */
    void historySource(long companyId, String stream, Source source);

    /**
     * A child stream has no life of its own: it is where its parent is, once the sub-lists of all parents were read.
     */
    void follow(long companyId, String child, String parent);

    void walked(long companyId, String stream, boolean alsoSwept);

    void succeeded(long companyId, String stream);

    /** Returns how the streams stand that were ever planned, by their names. */
    Map<String, Standing> standings(long companyId);

    /**
     * Notes streams as up to date although nothing of them is read, because nothing has to be: those that are LIVE and
     * quiet, and whose parents are LIVE.
     *
     * @param ago so long ago nobody had looked at them yet
     * @return their names
     */
    Set<String> passOver(long companyId, Collection<StreamDefinition> streams, Duration ago);

    /** @return whether this is news: told once, across restarts, until the stream may be read again */
    boolean notPermitted(long companyId, String stream, String scope);
}

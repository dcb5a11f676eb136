package fr.pennylanesync.camel;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.RouteEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The set of routes that is in force, and older ones that still have work in them: an older one is closed when its last
 * work has ended. Safe for threads.
 */
final class RouteSets {

    private static final EventLog LOG = EventLog.of(RouteSets.class);
    /** More than that, and the oldest are asked to break off wherever nothing is read twice by it. */
    private static final int OLDER_MAX = 2;

    private final List<RouteSet> older = new ArrayList<>();
    private RouteSet inForce;
    private boolean exchanging;

    RouteSets(RouteSet first) {
        this.inForce = first;
    }

    synchronized RouteSet inForce() {
        return inForce;
    }

    /**
     * Lets work run in the set in force.
     *
     * @param brokenOff whether the work was broken off elsewhere: it then waits for the exchange under way
     */
    <T> T run(boolean brokenOff, Function<RouteSet, T> work) {
        RouteSet set = enter(brokenOff);
        try {
            return work.apply(set);
        } finally {
            leave(set);
        }
    }

    private synchronized RouteSet enter(boolean brokenOff) {
        try {
            while (brokenOff && exchanging) {
                wait();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        inForce.count(1);
        return inForce;
    }

    private void leave(RouteSet set) {
        boolean isDone;
        synchronized (this) {
            isDone = set.count(-1) == 0 && older.remove(set);
        }
        if (isDone) {
            close(set);
        }
    }

    /**
     * Puts another set in force. Work in the old one that the change does not reach runs on to its end there.
     *
     * @param replaced streams whose rows are written differently from now on: their passes break off before the
     * preparation ends
     * @param rerouted streams whose passes break off after the exchange, where nothing is read twice by it
     * @param prepare what must be so before the first batch under the new set; if it throws, everything stays as it was
     */
    void exchange(RouteSet next, Set<String> replaced, Set<String> rerouted, Runnable prepare) {
        List<Runnable> giveBack = begin(replaced);
        try {
            prepare.run();
        } catch (RuntimeException refused) {
            giveBack.forEach(Runnable::run);
            end(inForce());
            throw refused;
        }
        RouteSet old = inForce();
        end(next);
        retire(old, rerouted);
    }

    private synchronized List<Runnable> begin(Set<String> replaced) {
        exchanging = true;
        return Stream.concat(older.stream(), Stream.of(inForce)).map(set -> set.assignment().revoke(replaced, Set.of()))
                .toList();
    }

    private synchronized void end(RouteSet winner) {
        inForce = winner;
        exchanging = false;
        notifyAll();
    }

    private void retire(RouteSet old, Set<String> rerouted) {
        boolean isDone;
        synchronized (this) {
            isDone = old.count(0) == 0;
            if (!isDone) {
                older.add(old);
            }
            older.forEach(set -> set.assignment().revoke(Set.of(), rerouted));
            older.stream().limit(Math.max(0, older.size() - OLDER_MAX))
                    .forEach(set -> set.assignment().revoke(Set.of(), set.names()));
        }
        if (isDone) {
            close(old);
        }
    }

    private static void close(RouteSet set) {
        set.close();
        LOG.log(new RouteEvent.RoutesRetired(set.version().files().fingerprint().toString()));
    }

    /** @param limit how long the work of each is waited for */
    void close(Duration limit) {
        List<RouteSet> all;
        synchronized (this) {
            all = new ArrayList<>(older);
            older.clear();
            all.add(inForce);
        }
        all.forEach(set -> set.close(limit));
    }
}

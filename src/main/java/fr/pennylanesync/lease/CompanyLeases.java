package fr.pennylanesync.lease;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ScheduleEvent;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The companies that this process may read now. Several parts of the process share a lease of the same company; other
 * processes do not get it meanwhile. One connection holds them all; while it is broken no request is sent, and once it
 * is back the leases that nobody took meanwhile are taken again.
 */
public final class CompanyLeases implements AutoCloseable {

    /** Reserves what belongs to no company yet: asking whose the new tokens are. */
    public static final long IDENTIFICATION = 0;

    private static final EventLog LOG = EventLog.of(CompanyLeases.class);
    /** The code that a database has which gives no answer; its enum stands in a package above. */
    private static final String AWAY = "DATABASE_UNREACHABLE";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** Less than the server needs to drop a connection whose other end is silent. */
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(10);

    private final ConnectionSource connectionSource;
    private final String node;
    private final TakeoverPause takeoverPause;
    private final BudgetPause pause;
    private final Outages outages;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Map<Long, HeldLease> held = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor watch = FatalErrors.scheduler(1, "leases");
    private Optional<LeaseSession> session = Optional.empty();
    private boolean lost;
    /** Tells whether a service shares its schedule with others; empty for a command, which has none. */
    private volatile Optional<Boolean> clustered = Optional.empty();
    private boolean conflicting;
    private volatile long seenNanos;

    /** @param users parts of this process that hold the company */
    private record HeldLease(int users, boolean valid) {}

    /** Lets a company's budget rest. */
    public interface BudgetPause {
        void pause(long companyId, Duration duration);
    }

    /**
     * @param node this process, as no other is called
     * @param window of the request budget
     * @param outages is told whether the warehouse answers: nothing looks more often
     */
    public CompanyLeases(ConnectionSource connectionSource, String node, Duration window, BudgetPause pause,
            Outages outages) {
        this.connectionSource = connectionSource;
        this.node = node;
        this.takeoverPause = TakeoverPause.of(window);
        this.pause = pause;
        this.outages = outages;
        outages.probe(Part.WAREHOUSE, this::look);
        watch.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @return the right to read the company, unless another process has it or nobody can say */
    public Optional<Lease> tryAcquire(long companyId) {
        mutex.lock();
        try {
            HeldLease mine = held.get(companyId);
            if (mine == null) {
                if (!take(companyId)) {
                    return Optional.empty();
                }
                mine = new HeldLease(0, true);
            }
            held.put(companyId, new HeldLease(mine.users() + 1, mine.valid()));
            return Optional.of(lease(companyId));
        } catch (SQLException broken) {
            drop(broken);
            return Optional.empty();
        } finally {
            mutex.unlock();
        }
    }

    /** Does as {@link #tryAcquire} does, waiting for whoever has it. */
    public Optional<Lease> acquire(long companyId, Duration limit) {
        long giveUpAtNanos = System.nanoTime() + limit.toNanos();
        Optional<Lease> lease = tryAcquire(companyId);
        while (lease.isEmpty() && System.nanoTime() < giveUpAtNanos && slept()) {
            lease = tryAcquire(companyId);
        }
        return lease;
    }

    /**
     * To be asked before each request.
     *
     * @throws SyncException COMPANY_LEASE_LOST if the company is not ours, or if nobody can say so for too long
     */
    public void require(long companyId) {
        HeldLease mine = held.get(companyId);
        if (mine == null || !mine.valid() || System.nanoTime() - seenNanos > TRUSTED_FOR.toNanos()) {
            throw new SyncException(LeaseErrorCode.COMPANY_LEASE_LOST);
        }
    }

    private boolean take(long companyId) throws SQLException {
        LeaseSession open = session();
        if (!open.tryLock(companyId)) {
            seenNanos = System.nanoTime();
            return false;
        }
        Optional<LeaseSession.PreviousHolder> before = open.note(companyId);
        Duration rest = companyId == IDENTIFICATION ? Duration.ZERO : takeoverPause.rest(before, node);
        if (!rest.isZero()) {
            LOG.log(new ScheduleEvent.CompanyTakenOver(companyId, before.orElseThrow().node(),
                    before.orElseThrow().releasedAgo().isEmpty(), rest.toMillis()));
            pause.pause(companyId, rest);
        }
        seenNanos = System.nanoTime();
        return true;
    }

    private LeaseSession session() throws SQLException {
        if (session.isEmpty()) {
            session = Optional.of(new LeaseSession(connectionSource.open(), node));
            if (clustered.isPresent()) {
                session.get().announce(clustered.get());
            }
        }
        return session.get();
    }

    private Lease lease(long companyId) {
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                release(companyId);
            }
        };
    }

    private void release(long companyId) {
        mutex.lock();
        try {
            HeldLease mine = held.get(companyId);
            if (mine == null) {
                return;
            }
            if (mine.users() > 1) {
                held.put(companyId, new HeldLease(mine.users() - 1, mine.valid()));
                return;
            }
            held.remove(companyId);
            if (mine.valid() && session.isPresent()) {
                session.get().unlock(companyId);
            }
        } catch (SQLException broken) {
            drop(broken);
        } finally {
            mutex.unlock();
        }
    }

    /** Sees whether the connection still stands, and takes again what a broken one lost. */
    private void look() {
        mutex.lock();
        try {
            if (!watch.isShutdown()) {
                session().touch();
                outages.answered(Part.WAREHOUSE);
                for (Map.Entry<Long, HeldLease> entry : held.entrySet()) {
                    if (!entry.getValue().valid() && take(entry.getKey())) {
                        entry.setValue(new HeldLease(entry.getValue().users(), true));
                    }
                }
                seenNanos = System.nanoTime();
                tellRetaken();
                tellConflict();
            }
        } catch (SQLException broken) {
            drop(broken);
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Announces a service that works by itself on the warehouse, and tells when others do so beside it.
     *
     * @param inCluster whether it shares its schedule with others
     */
    public void serve(boolean inCluster) {
        mutex.lock();
        try {
            clustered = Optional.of(inCluster);
            if (session.isPresent()) {
                session.get().announce(inCluster);
            }
        } catch (SQLException broken) {
            drop(broken);
        } finally {
            mutex.unlock();
        }
    }

    private void tellConflict() throws SQLException {
        boolean now = clustered.isPresent() && session().isInConflict();
        if (now && !conflicting) {
            LOG.log(new ScheduleEvent.ServiceNotAlone(Services.remedy()));
        }
        conflicting = now;
    }

    private void tellRetaken() {
        if (lost) {
            lost = false;
            LOG.log(new ScheduleEvent.LeasesRetaken(held.values().stream().filter(HeldLease::valid).count()));
        }
    }

    private void drop(SQLException cause) {
        outages.away(Part.WAREHOUSE, AWAY,
                "no company is read until it is back; check warehouse.jdbc-url and the database");
        if (!held.isEmpty() && !lost) {
            lost = true;
            LOG.log(new ScheduleEvent.LeasesLost(held.size(), Optional.ofNullable(cause.getSQLState())));
        }
        held.replaceAll((companyId, mine) -> new HeldLease(mine.users(), false));
        try {
            if (session.isPresent()) {
                session.get().close();
            }
        } catch (SQLException broken) {
            LOG.log(new ScheduleEvent.LeaseConnectionBroken(Optional.ofNullable(broken.getSQLState())));
        }
        session = Optional.empty();
    }

    private static boolean slept() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis() / 8);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives back whatever is still held. */
    @Override
    public void close() {
        watch.shutdownNow();
        mutex.lock();
        try {
            for (long companyId : held.keySet()) {
                held.put(companyId, new HeldLease(1, held.get(companyId).valid()));
                release(companyId);
            }
            if (session.isPresent()) {
                session.get().close();
            }
        } catch (SQLException broken) {
            LOG.log(new ScheduleEvent.LeaseConnectionBroken(Optional.ofNullable(broken.getSQLState())));
        } finally {
            session = Optional.empty();
            mutex.unlock();
        }
    }
}

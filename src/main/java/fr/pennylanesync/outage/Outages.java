package fr.pennylanesync.outage;

import fr.pennylanesync.logging.ArchiveEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ShareEvent;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.logging.WarehouseEvent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells in the log that something we depend on is away, and that it is back: once each, however many notice it. What
 * fails meanwhile for that reason needs no line of its own. Safe for threads.
 */
public final class Outages {

    private static final EventLog LOG = EventLog.of(Outages.class);

    /** Names what a process depends on. */
    public enum Part {
        WAREHOUSE {
            @Override
            void away(String code, String remedy) {
                LOG.log(new WarehouseEvent.WarehouseAway(code, remedy));
            }

            @Override
            void back(long afterS) {
                LOG.log(new WarehouseEvent.WarehouseBack(afterS));
            }
        },
        ARCHIVE {
            @Override
            void away(String code, String remedy) {
                LOG.log(new ArchiveEvent.ArchiveAway(code, remedy));
            }

            @Override
            void back(long afterS) {
                LOG.log(new ArchiveEvent.ArchiveBack(afterS));
            }
        },
        API {
            @Override
            void away(String code, String remedy) {
                LOG.log(new SyncEvent.ApiAway(code, remedy));
            }

            @Override
            void back(long afterS) {
                LOG.log(new SyncEvent.ApiBack(afterS));
            }
        },
        SHARE {
            @Override
            void away(String code, String remedy) {
                LOG.log(new ShareEvent.ShareAway(code, remedy));
            }

            @Override
            void back(long afterS) {
                LOG.log(new ShareEvent.ShareBack(afterS));
            }
        };

        abstract void away(String code, String remedy);

        abstract void back(long afterS);
    }

    private final Map<Part, Long> awaySinceNanos = new EnumMap<>(Part.class);
    private final Map<Part, Runnable> probes = new ConcurrentHashMap<>();

    /**
     * @param probe asks the part now, and says here what became of it; for whoever fails before the next regular look
     */
    public void probe(Part part, Runnable probe) {
        probes.put(part, probe);
    }

    /**
     * Says that the part gives no answer.
     *
     * @param remedy what to do, without any data
     */
    public void away(Part part, String code, String remedy) {
        synchronized (this) {
            if (awaySinceNanos.putIfAbsent(part, System.nanoTime()) != null) {
                return;
            }
        }
        part.away(code, remedy);
    }

    /** Says that the part answered. */
    public void answered(Part part) {
        Long since;
        synchronized (this) {
            since = awaySinceNanos.remove(part);
        }
        if (since != null) {
            part.back(Duration.ofNanos(System.nanoTime() - since).toSeconds());
        }
    }

    /** Tells whether the log has said last that the part is away. */
    public synchronized boolean isAway(Part part) {
        return awaySinceNanos.containsKey(part);
    }

    /** Tells whether the part is away, which is asked now if nobody knows of it. */
    public boolean isFoundAway(Part part) {
        if (!isAway(part) && probes.containsKey(part)) {
            probes.get(part).run();
        }
        return isAway(part);
    }
}

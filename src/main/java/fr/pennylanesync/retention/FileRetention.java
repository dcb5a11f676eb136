package fr.pennylanesync.retention;

import fr.pennylanesync.archive.RemovedFiles;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Removes from the archive the files whose time is over, by the settings {@code streams.<stream>.<field>.retention}: it
 * is counted from the end of the year of the record's date. What an Object Lock keeps stays until the lock ends.
 */
public final class FileRetention {

    private static final EventLog LOG = EventLog.of(FileRetention.class);

    /** A kind of file: a field of a stream's records, with how long its files are kept. */
    public record FileKind(String stream, String field, Period kept) {}

    private final Warehouse warehouse;
    private final Supplier<S3Archive> archive;
    private final Map<String, Period> kept;
    private final RemovedFiles removed;

    /**
     * @param archive is asked for only where something is to be removed
     * @param kept how long files are kept, by {@code <stream>.<field>}
     */
    public FileRetention(Warehouse warehouse, Supplier<S3Archive> archive, Map<String, Period> kept) {
        this.warehouse = warehouse;
        this.archive = archive;
        this.kept = new TreeMap<>(kept);
        this.removed = new RemovedFiles(warehouse.jdbc());
    }

    /** Returns the kinds of files for which a retention is set. */
    public List<FileKind> kinds() {
        return kept.entrySet().stream().map(said -> {
            int dot = said.getKey().indexOf('.');
            return new FileKind(said.getKey().substring(0, dot), said.getKey().substring(dot + 1), said.getValue());
        }).toList();
    }

    /** Removes what is over of a kind. */
    public void remove(FileKind kind) {
        Instant now = warehouse.time();
        int year = now.atZone(ZoneOffset.UTC).minus(kind.kept()).getYear();
        List<String> objects = removed.ofYearsBefore(year, kind.stream(), kind.field());
        long gone = objects.stream().filter(object -> warehouse.transaction(() -> remove(kind, object, now))).count();
        if (!objects.isEmpty()) {
            LOG.log(new WarehouseEvent.FilesRemoved(kind.stream(), kind.field(), gone, objects.size() - gone));
        }
    }

    /**
     * Removes the object last: should the transaction fail behind it, the next night finds the object gone and notes
     * it.
     */
    private boolean remove(FileKind kind, String object, Instant now) {
        if (removed.isAwaited(object) || archive.get().isLocked(object, now)) {
            return false;
        }
        removed.note(object, kind.stream(), kind.field(), now);
        if (!removed.isHeld(object)) {
            archive.get().remove(object);
        }
        return true;
    }
}

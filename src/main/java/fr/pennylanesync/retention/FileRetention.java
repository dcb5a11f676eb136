package fr.pennylanesync.retention;

import fr.pennylanesync.archive.RemovedFiles;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Removes from the archive the files whose time is over, by the settings {@code streams.<stream>.<field>.retention}: it
 * is counted from the end of the year of the record's date. What an Object Lock keeps stays until the lock ends.
 */
public final class FileRetention {

    private static final EventLog LOG = EventLog.of(FileRetention.class);

    /** A kind of file: a field of a stream's records, with the first year of which files are kept. */
    private record FileKind(String stream, String field, int firstYear) {}

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

    /** Returns the companies with files whose time is over, those included that a lock keeps. */
    public Set<Long> companies() {
        return kinds().stream().flatMap(kind -> removed.companies(kind.firstYear(), kind.stream(), kind.field())
                .stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<FileKind> kinds() {
        LocalDate today = warehouse.time().atZone(ZoneOffset.UTC).toLocalDate();
        return kept.entrySet().stream().map(said -> {
            int dot = said.getKey().indexOf('.');
            return new FileKind(said.getKey().substring(0, dot), said.getKey().substring(dot + 1),
                    today.minus(said.getValue()).getYear());
        }).toList();
    }

    /** Removes what is over of a company. The caller has its lease, so that nobody fetches the same files meanwhile. */
    public void remove(long company) {
        kinds().forEach(kind -> remove(company, kind));
    }

    private void remove(long company, FileKind kind) {
        Instant now = warehouse.time();
        List<String> objects = removed.ofYearsBefore(kind.firstYear(), company, kind.stream(), kind.field());
        long gone = objects.stream().filter(object -> warehouse.transaction(() -> remove(kind, object, now))).count();
        if (!objects.isEmpty()) {
            LOG.log(new WarehouseEvent.FilesRemoved(company, kind.stream(), kind.field(), gone,
                    objects.size() - gone));
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

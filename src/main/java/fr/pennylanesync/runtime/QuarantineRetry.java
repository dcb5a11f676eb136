package fr.pennylanesync.runtime;

import fr.pennylanesync.company.Company;
import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.Pass;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.DueList;
import fr.pennylanesync.warehouse.Quarantine;
import fr.pennylanesync.warehouse.QuarantineEntry;
import fr.pennylanesync.warehouse.QuarantineKind;
import fr.pennylanesync.warehouse.QuarantineList;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/** Reads again what was set aside. What lands resolves its entry itself; nothing is ever resolved by being tried. */
public final class QuarantineRetry {

    /** What a retry came to. */
    public enum Outcome {
        RESOLVED,
        /** A file: it waits for the next archive run, which resolves it. */
        PENDING,
        /** Tried, and still set aside. */
        OPEN,
        /** Not tried: its company is not active, or its stream or file is no more. */
        REFUSED
    }

    /** @param entry as it stands afterwards */
    public record Retried(QuarantineEntry entry, Outcome outcome) {}

    /** What one sync reads again. */
    private record Reading(Company company, String stream, Demand demand) {}

    private final SyncRuntime runtime;
    private final Settings.Sync settings;
    private final QuarantineList list;
    private final DueList due;
    private final LongPredicate files;

    /** @param files lets the file of an entry's id be fetched again, and says whether there is one */
    public QuarantineRetry(SyncRuntime runtime, Settings.Sync settings, Warehouse warehouse, LongPredicate files) {
        this.runtime = runtime;
        this.settings = settings;
        this.list = new QuarantineList(warehouse.jdbc(), runtime.catalog());
        this.due = new DueList(warehouse.jdbc());
        this.files = files;
    }

    /**
     * Tries entries that are open.
     *
     * @param confirmed whether a sweep may now delete what it would not
     */
    public List<Retried> retry(List<QuarantineEntry> entries, boolean confirmed) {
        Map<Long, Outcome> settled = new LinkedHashMap<>();
        Set<Reading> readings = new LinkedHashSet<>();
        for (QuarantineEntry entry : entries) {
            Optional<StreamDefinition> stream = stream(entry);
            Optional<Company> company = company(entry);
            if (entry.kind() == QuarantineKind.FILE) {
                settled.put(entry.id(), files.test(entry.id()) ? Outcome.PENDING : Outcome.REFUSED);
            } else if (stream.isEmpty() || company.isEmpty()) {
                settled.put(entry.id(), Outcome.REFUSED);
            } else {
                readings.add(new Reading(company.get(), entry.stream(), prepare(entry, stream.get(), confirmed)));
            }
        }
        readings.forEach(reading -> runtime.sync(List.of(reading.company()), List.of(reading.stream()), reading.demand()));
        List<Retried> retried = new ArrayList<>();
        for (QuarantineEntry entry : entries) {
            QuarantineEntry now = list.find(entry.id()).orElseThrow();
            retried.add(new Retried(now, settled.getOrDefault(entry.id(), now.isOpen() ? Outcome.OPEN : Outcome.RESOLVED)));
        }
        return retried;
    }

    private Demand prepare(QuarantineEntry entry, StreamDefinition stream, boolean confirmed) {
        return switch (entry.kind()) {
            case RECORD, COLUMN -> prepareRecord(entry, stream);
            case BATCH -> pass(entry.subject()).map(pass -> demand(Optional.of(pass), confirmed))
                    .orElseGet(() -> demand(Optional.empty(), confirmed).forRecords());
            case SWEEP -> demand(Optional.of(Pass.SWEEP), confirmed);
            case FILE -> throw new IllegalArgumentException("a file is no reading of a stream");
        };
    }

    private Demand prepareRecord(QuarantineEntry entry, StreamDefinition stream) {
        if (!stream.isChild() && !stream.reading().selectableById()) {
            return demand(Optional.of(Pass.WALK), false);
        }
        due.addByHand(entry.companyId(), entry.stream(), stream.isChild() ? entry.parentId() : entry.recordId());
        return demand(Optional.empty(), false).forRecords();
    }

    /** A batch of a list, or a partition of the share, is read by the pass that its position is of; any other by reading what is due. */
    private static Optional<Pass> pass(String subject) {
        if (subject.startsWith(Quarantine.PARTITION)) {
            return Optional.of(Pass.HISTORY);
        }
        return List.of(Pass.WALK, Pass.SWEEP).stream().filter(pass -> subject.startsWith(pass.label() + " ")).findFirst();
    }

    private Demand demand(Optional<Pass> pass, boolean confirmed) {
        return Demands.of(settings, pass, confirmed);
    }

    private Optional<StreamDefinition> stream(QuarantineEntry entry) {
        return runtime.catalog().find(entry.stream()).filter(StreamDefinition::enabled);
    }

    private Optional<Company> company(QuarantineEntry entry) {
        return runtime.companies().active().stream().filter(company -> company.id() == entry.companyId()).findFirst();
    }
}

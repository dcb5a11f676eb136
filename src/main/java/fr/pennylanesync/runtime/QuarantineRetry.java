package fr.pennylanesync.runtime;

import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.report.QuarantineEntry;
import fr.pennylanesync.report.QuarantineKind;
import fr.pennylanesync.report.QuarantineList;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/** Reads again what was set aside. What lands resolves its entry itself; nothing is ever resolved by being tried. */
public final class QuarantineRetry {

    /** Tells what became of an entry that was tried again. */
    public enum RetryOutcome {
        RESOLVED,
        /** A file: it waits for the next archive run, which resolves it. */
        PENDING,
        /** Tried, and still set aside. */
        OPEN,
        /** Not tried: its company is not active, or its stream or file is no more. */
        REFUSED
    }

    /** @param entry as it stands afterwards */
    public record Retried(QuarantineEntry entry, RetryOutcome outcome) {}

    /** Names what one sync reads again. */
    private record RetryTarget(Company company, String stream, SyncRequest request) {}

    private final Reading reading;
    private final Settings.Sync settings;
    private final QuarantineList list;
    private final DueList due;
    private final LongPredicate files;

    /**
     * Names what reads again.
     *
     * @param active the companies that may be read
     */
    record Reading(StreamCatalog catalog, Supplier<List<Company>> active, Syncing syncing) {}

    /** Syncs a stream of a company, and returns when that has ended. */
    interface Syncing {
        void sync(Company company, String stream, SyncRequest request);
    }

    /** @param files lets the file of an entry's id be fetched again, and says whether there is one */
    public QuarantineRetry(SyncRuntime runtime, Settings.Sync settings, Tables tables, LongPredicate files) {
        this(new Reading(runtime.catalog(), () -> runtime.companies().active(),
                (company, stream, request) -> runtime.sync(List.of(company), List.of(stream), request)), settings,
                tables, files);
    }

    QuarantineRetry(Reading reading, Settings.Sync settings, Tables tables, LongPredicate files) {
        this.reading = reading;
        this.settings = settings;
        this.list = new QuarantineList(tables.jdbc(), reading.catalog());
        this.due = tables.due();
        this.files = files;
    }

    /**
     * Tries entries that are open.
     *
     * @param confirmed whether a sweep may now delete what it would not
     */
    public List<Retried> retry(List<QuarantineEntry> entries, boolean confirmed) {
        Map<Long, RetryOutcome> settled = new LinkedHashMap<>();
        Set<RetryTarget> targets = new LinkedHashSet<>();
        for (QuarantineEntry entry : entries) {
            Optional<StreamDefinition> stream = stream(entry);
            Optional<Company> company = company(entry);
            if (entry.kind() == QuarantineKind.FILE) {
                settled.put(entry.id(), files.test(entry.id()) ? RetryOutcome.PENDING : RetryOutcome.REFUSED);
            } else if (stream.isEmpty() || company.isEmpty()) {
                settled.put(entry.id(), RetryOutcome.REFUSED);
            } else {
                targets.add(new RetryTarget(company.get(), entry.stream(), prepare(entry, stream.get(), confirmed)));
            }
        }
        targets.forEach(target -> reading.syncing().sync(target.company(), target.stream(), target.request()));
        List<Retried> retried = new ArrayList<>();
        for (QuarantineEntry entry : entries) {
            QuarantineEntry now = list.find(entry.id()).orElseThrow();
            retried.add(new Retried(now,
                    settled.getOrDefault(entry.id(), now.isOpen() ? RetryOutcome.OPEN : RetryOutcome.RESOLVED)));
        }
        return retried;
    }

    private SyncRequest prepare(QuarantineEntry entry, StreamDefinition stream, boolean confirmed) {
        return switch (entry.kind()) {
            case RECORD, COLUMN -> prepareRecord(entry, stream);
            case BATCH -> pass(entry.subject()).map(pass -> request(Optional.of(pass), confirmed))
                    .orElseGet(() -> request(Optional.empty(), confirmed).forRecords());
            case SWEEP -> request(Optional.of(PassKind.SWEEP), confirmed);
            case FILE -> throw new IllegalArgumentException("a file is no reading of a stream");
        };
    }

    private SyncRequest prepareRecord(QuarantineEntry entry, StreamDefinition stream) {
        if (entry.recordId() == 0 && entry.subject().startsWith(Quarantine.ROW)) {
            return request(Optional.of(PassKind.HISTORY), false);
        }
        if (!stream.isChild() && !stream.reading().selectableById()) {
            return request(Optional.of(PassKind.WALK), false);
        }
        due.addByHand(entry.companyId(), entry.stream(), stream.isChild() ? entry.parentId() : entry.recordId());
        return request(Optional.empty(), false).forRecords();
    }

    /**
     * A batch of a list, or a partition of the share, is read by the pass that its position is of; any other by reading
     * what is due.
     */
    private static Optional<PassKind> pass(String subject) {
        if (subject.startsWith(Quarantine.PARTITION)) {
            return Optional.of(PassKind.HISTORY);
        }
        return List.of(PassKind.WALK, PassKind.SWEEP).stream().filter(pass -> subject.startsWith(pass.label() + " "))
                .findFirst();
    }

    private SyncRequest request(Optional<PassKind> pass, boolean confirmed) {
        return SyncRequests.of(settings, pass, confirmed);
    }

    private Optional<StreamDefinition> stream(QuarantineEntry entry) {
        return reading.catalog().find(entry.stream()).filter(StreamDefinition::enabled);
    }

    private Optional<Company> company(QuarantineEntry entry) {
        return reading.active().get().stream().filter(company -> company.id() == entry.companyId()).findFirst();
    }
}

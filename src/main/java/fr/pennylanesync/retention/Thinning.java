package fr.pennylanesync.retention;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Thins the ledger and the replaced versions of each stream by the settings {@code retention.*}. What may go is decided
 * by the function {@code pennylane_sync.thin}, which seals it in the transaction that removes it.
 */
public final class Thinning {

    private static final EventLog LOG = EventLog.of(Thinning.class);

    /** A stream of a company. */
    public record StreamOfCompany(long company, StreamDefinition stream) {}

    private record Thinned(long versions, long batches) {}

    private final Warehouse warehouse;
    private final StreamStates states;
    private final Supplier<StreamCatalog> catalog;
    private final Settings.Retention retention;

    /** @param catalog the streams that are in force when it is asked */
    public Thinning(Warehouse warehouse, StreamStates states, Supplier<StreamCatalog> catalog,
            Settings.Retention retention) {
        this.warehouse = warehouse;
        this.states = states;
        this.catalog = catalog;
        this.retention = retention;
    }

    /** Returns the streams for which a retention is set. */
    public List<StreamOfCompany> streams() {
        List<StreamDefinition> limited = states.withApart(catalog.get().all()).stream()
                .filter(stream -> retention.batches().or(() -> retention.versionsOf(stream.name())).isPresent())
                .toList();
        return limited.isEmpty() ? List.of()
                : warehouse.jdbc().sql("select id from pennylane_sync.company order by id").query(Long.class).list()
                        .stream().flatMap(company -> limited.stream().map(of -> new StreamOfCompany(company, of)))
                        .toList();
    }

    /** Tells whether anything of it may go. */
    public boolean isOld(StreamOfCompany of) {
        Thinned would = thin(of, true);
        return would.versions() + would.batches() > 0;
    }

    /**
     * Tells whether the stream is as it was landed: of one that is not, nothing is removed that could show what
     * happened.
     */
    public boolean isProven(StreamOfCompany of) {
        long differences = new Verification(warehouse, states, catalog.get())
                .verify(List.of(of.company()), List.of(of.stream())).differenceCount();
        if (differences > 0) {
            LOG.log(new WarehouseEvent.StreamNotThinned(of.company(), of.stream().name(), differences));
        }
        return differences == 0;
    }

    /** Thins what is old, as far as one transaction goes. */
    public void thin(StreamOfCompany of) {
        Thinned thinned = thin(of, false);
        LOG.log(new WarehouseEvent.StreamThinned(of.company(), of.stream().name(), thinned.batches(),
                thinned.versions()));
    }

    private Thinned thin(StreamOfCompany of, boolean preview) {
        OffsetDateTime now = warehouse.time().atOffset(ZoneOffset.UTC);
        return warehouse.transaction(() -> warehouse.jdbc()
                .sql("select versions, batches from pennylane_sync.thin(?, ?, ?::timestamptz, ?::timestamptz, ?)")
                .params(of.company(), of.stream().name(), before(now, retention.versionsOf(of.stream().name())),
                        before(now, retention.batches()), preview)
                .query((row, n) -> new Thinned(row.getLong(1), row.getLong(2))).single());
    }

    private static OffsetDateTime before(OffsetDateTime now, Optional<Period> period) {
        return period.map(now::minus).orElse(null);
    }
}

package fr.pennylanesync.verification;

import fr.pennylanesync.concurrent.DaemonThreads;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Holds the warehouse against itself: each row's record hash and typed columns against its payload, each version
 * against the ledger, each batch hash against the versions as they were when it landed, and the chain of the batches
 * against all that the ledger says of them. Each stream is looked at in one snapshot, so that landings meanwhile are no
 * differences.
 */
public final class Verification {

    /** Each holds a connection and has the database sort. */
    private static final int STREAMS_AT_ONCE = 2;

    /**
     * Says what a verification found.
     *
     * @param rows and replaced versions that were looked at
     * @param differenceCount how many differences there are
     * @param differences the first thousand of them; ids and places only
     */
    public record VerificationResult(long rows, long batches, long differenceCount, List<String> differences) {}

    private record Part(long rows, long batches, Differences differences) {}

    private final Warehouse warehouse;
    private final StreamStates states;
    private final StreamCatalog catalog;

    public Verification(Warehouse warehouse, StreamStates states, StreamCatalog catalog) {
        this.warehouse = warehouse;
        this.states = states;
        this.catalog = catalog;
    }

    /** Verifies everything of every company, and finds what no company or stream file accounts for. */
    public VerificationResult verify() {
        List<Long> companies = warehouse.jdbc().sql("select id from pennylane_sync.company order by id")
                .query(Long.class).list();
        List<Part> parts = parts(companies, catalog.all());
        List<String> verified = states.withApart(catalog.all()).stream().map(StreamDefinition::name).toList();
        parts.add(new Part(0, 0, new UnverifiedRows(warehouse.jdbc()).find(companies, verified)));
        return result(parts);
    }

    /** Verifies these streams of these companies. */
    public VerificationResult verify(Collection<Long> companies, Collection<StreamDefinition> streams) {
        return result(parts(companies, streams));
    }

    private List<Part> parts(Collection<Long> companies, Collection<StreamDefinition> streams) {
        List<StreamDefinition> all = states.withApart(streams);
        ExecutorService workers = Executors.newFixedThreadPool(STREAMS_AT_ONCE, DaemonThreads.named("verification"));
        try {
            List<Future<Part>> running = new ArrayList<>();
            for (long company : companies) {
                all.forEach(stream -> running.add(workers.submit(() -> verify(company, stream))));
            }
            List<Part> parts = new ArrayList<>();
            running.forEach(part -> parts.add(ended(part)));
            return parts;
        } finally {
            workers.shutdownNow();
        }
    }

    private static Part ended(Future<Part> part) {
        try {
            return part.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the verification was interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException known) {
                throw known;
            }
            if (failed.getCause() instanceof Error fatal) {
                throw fatal;
            }
            throw new IllegalStateException("a verification throws nothing else", failed.getCause());
        }
    }

    private Part verify(long company, StreamDefinition stream) {
        return warehouse.snapshot(() -> {
            Differences differences = new Differences("company " + company + " " + stream.name());
            long rows = new RowVerification(warehouse, stream, differences).verify(company);
            long batches = new LedgerVerification(warehouse, stream, differences).verify(company);
            new VersionVerification(warehouse, stream, differences).verify(company);
            new SealVerification(warehouse, stream, differences).verify(company);
            new FileVerification(warehouse, stream, differences).verify(company);
            new ForeignChanges(warehouse.jdbc()).find(company, stream.name(), differences);
            new TimesVerification(warehouse.jdbc(), stream, differences).verify(company);
            return new Part(rows, batches, differences);
        });
    }

    private static VerificationResult result(List<Part> parts) {
        return new VerificationResult(parts.stream().mapToLong(Part::rows).sum(),
                parts.stream().mapToLong(Part::batches).sum(),
                parts.stream().mapToLong(part -> part.differences().count()).sum(),
                parts.stream().flatMap(part -> part.differences().kept().stream()).limit(Differences.KEPT_MAX)
                        .toList());
    }
}

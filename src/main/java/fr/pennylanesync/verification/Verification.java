package fr.pennylanesync.verification;

import fr.pennylanesync.concurrent.DaemonThreads;
import fr.pennylanesync.concurrent.Futures;
import fr.pennylanesync.landing.state.LedgerExportKind;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.SharedSnapshot;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Holds the warehouse against itself: each row's record hash and typed columns against its payload, each version
 * against the ledger, each batch hash against the versions as they were when it landed, and the chain of the batches
 * against all that the ledger says of them. Each company's stream is looked at in one snapshot, so that landings
 * meanwhile are no differences; several are looked at side by side.
 */
public final class Verification {

    /** One reads the rows, the other joins the ledger. */
    private static final int CONNECTIONS_OF_A_PART = 2;

    /**
     * Says what a verification found.
     *
     * @param rows and replaced versions that were looked at
     * @param leftOut what was not, since it landed before the time that was given
     * @param earlier how many of the parts an interrupted verification had ended with
     * @param differenceCount how many differences there are
     * @param differences the first thousand of them; ids and places only
     */
    public record VerificationResult(long rows, long batches, LeftOut leftOut, long earlier, long differenceCount,
            List<String> differences) {}

    private final Warehouse warehouse;
    private final StreamStates states;
    private final StreamCatalog catalog;
    private final VerificationScope scope;
    private final int partsAtOnce;

    public Verification(Warehouse warehouse, StreamStates states, StreamCatalog catalog) {
        this(warehouse, states, catalog, VerificationScope.everything());
    }

    public Verification(Warehouse warehouse, StreamStates states, StreamCatalog catalog, VerificationScope scope) {
        this.warehouse = warehouse;
        this.states = states;
        this.catalog = catalog;
        this.scope = scope;
        this.partsAtOnce = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(),
                (warehouse.connections() - 1) / CONNECTIONS_OF_A_PART));
    }

    /** Verifies everything of every company, and finds what no company or stream file accounts for. */
    public VerificationResult verify() {
        List<Long> companies = warehouse.jdbc().sql("select id from pennylane_sync.company order by id")
                .query(Long.class).list();
        return verify(companies, catalog.all(), Optional.of(() -> SharedSnapshot.open(warehouse, this::beside)));
    }

    private PartResult beside(SharedSnapshot snapshot) {
        List<String> verified = Stream.concat(states.withApart(catalog.all()).stream().map(StreamDefinition::name),
                LedgerExportKind.streams().stream()).toList();
        return PartResult.beside(List.of(new UnverifiedRows(snapshot.jdbc()).find(verified)));
    }

    /** Verifies these streams of these companies; where they are all, the exports of the ledger too. */
    public VerificationResult verify(Collection<Long> companies, Collection<StreamDefinition> streams) {
        return verify(companies, streams, Optional.empty());
    }

    private VerificationResult verify(Collection<Long> companies, Collection<StreamDefinition> streams,
            Optional<Callable<PartResult>> beside) {
        List<StreamDefinition> all = states.withApart(streams);
        ExecutorService workers = workers("verification");
        ExecutorService readers = workers("verification-rows");
        try {
            PartVerification verification = new PartVerification(warehouse, scope, readers);
            List<VerifiedStream> parts = companies.stream()
                    .flatMap(company -> all.stream().map(stream -> VerifiedStream.whole(company, stream))).toList();
            List<VerifiedStream> due = parts.stream().filter(part -> earlier(part).isEmpty()).toList();
            scope.progress().begin(due.size());
            List<Future<PartResult>> running = new ArrayList<>();
            due.forEach(part -> running.add(workers.submit(() -> ended(verification.verify(part)))));
            if (streams.containsAll(catalog.all())) {
                companies.forEach(company -> running.add(workers.submit(() -> verification.exports(company))));
            }
            beside.ifPresent(work -> running.add(workers.submit(work)));
            List<PartResult> results = new ArrayList<>(
                    parts.stream().flatMap(part -> earlier(part).stream()).toList());
            long earlier = results.size();
            running.forEach(part -> results.add(Futures.result(part)));
            return result(results, earlier);
        } finally {
            workers.shutdownNow();
            readers.shutdownNow();
        }
    }

    private ExecutorService workers(String name) {
        return Executors.newFixedThreadPool(partsAtOnce, DaemonThreads.named(name));
    }

    private Optional<PartResult> earlier(VerifiedStream part) {
        return scope.journal().flatMap(journal -> journal.find(part));
    }

    private PartResult ended(PartResult part) {
        scope.progress().ended(part.count());
        return scope.journal().map(journal -> journal.ended(part)).orElse(part);
    }

    private static VerificationResult result(List<PartResult> parts, long earlier) {
        return new VerificationResult(parts.stream().mapToLong(PartResult::rows).sum(),
                parts.stream().mapToLong(PartResult::batches).sum(),
                parts.stream().map(PartResult::leftOut).reduce(LeftOut.NOTHING, LeftOut::plus), earlier,
                parts.stream().mapToLong(PartResult::count).sum(),
                parts.stream().flatMap(part -> part.differences().stream()).limit(Differences.KEPT_MAX).toList());
    }
}

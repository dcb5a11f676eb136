package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SandboxEvent;
import fr.pennylanesync.sandbox.books.Books;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Copies the books of all companies into the store. */
final class ShareCopies {

    private static final EventLog LOG = EventLog.of(ShareCopies.class);
    private static final long NANOS_PER_MS = 1_000_000;

    private final ShareServer server;
    private final ShareRights rights;
    private final Supplier<List<Books>> companies;
    private final InstantSource clock;
    private final ShownIds ids;
    private final List<CompanyCopy> copies = new ArrayList<>();
    private final Set<Long> known = new HashSet<>();
    private Instant copiedAt = Instant.MIN;

    ShareCopies(ShareServer server, ShareRights rights, Supplier<List<Books>> companies, InstantSource clock,
            IdScheme ids) {
        this.server = server;
        this.rights = rights;
        this.companies = companies;
        this.clock = clock;
        this.ids = new ShownIds(ids);
    }

    /** When the last copy was begun, by the sandbox's clock. */
    synchronized Instant copiedAt() {
        return copiedAt;
    }

    /** The companies copied so far. */
    synchronized List<Long> companies() {
        return copies.stream().map(CompanyCopy::companyId).toList();
    }

    /** Copies what changed; each company in a transaction of its own. */
    synchronized void make() {
        Instant now = clock.instant();
        companies.get().stream().filter(books -> known.add(books.companyId()))
                .forEach(books -> copies.add(new CompanyCopy(books, ids)));
        List<CompanyCopy> behind = copies.stream().filter(CompanyCopy::isBehind).toList();
        if (!behind.isEmpty()) {
            make(behind, now);
        }
        copiedAt = now;
    }

    private void make(List<CompanyCopy> behind, Instant now) {
        long began = System.nanoTime();
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            for (CompanyCopy copy : behind) {
                copy.make(connection, now);
                rights.meet(copy.companyId());
            }
        } catch (SQLException failed) {
            throw new SandboxShareFailure("the share's copy could not be written", failed);
        }
        LOG.log(new SandboxEvent.SandboxShareCopied(behind.size(), (System.nanoTime() - began) / NANOS_PER_MS));
    }
}

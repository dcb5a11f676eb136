package fr.pennylanesync.sandbox.books;

import java.time.Duration;
import java.time.Instant;

/**
 * An export that was asked for. It shows the ledger as it was then, and is ready a short while later.
 *
 * @param inColumns for the analytical ledger, whether each axis has columns of its own
 */
public record Export(long id, ExportKind kind, Stamps stamps, boolean inColumns, LedgerSnapshot ledger) implements Row {

    private static final Duration BUILDING = Duration.ofSeconds(2);

    public boolean isReady(Instant now) {
        return Stamps.micros(now) - stamps.createdMicros() >= BUILDING.toMillis() * 1000;
    }
}

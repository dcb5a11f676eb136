package fr.pennylanesync.verification;

import fr.pennylanesync.concurrent.Futures;
import fr.pennylanesync.landing.state.LedgerExportKind;
import fr.pennylanesync.warehouse.SharedSnapshot;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Verifies a company's stream in one snapshot, with two connections: one reads every row, which Java hashes; by the
 * other the database joins the ledger with the hashes meanwhile.
 */
final class PartVerification {

    private final Warehouse warehouse;
    private final VerificationScope scope;
    private final ExecutorService readers;

    /** @param readers as many threads as parts are verified at once */
    PartVerification(Warehouse warehouse, VerificationScope scope, ExecutorService readers) {
        this.warehouse = warehouse;
        this.scope = scope;
        this.readers = readers;
    }

    PartResult verify(VerifiedStream whole) {
        return SharedSnapshot.open(warehouse, snapshot -> {
            VerifiedStream part = scope.since().map(since -> whole.since(snapshot.jdbc(), since)).orElse(whole);
            String place = "company " + part.company() + " " + part.stream().name();
            Differences ofRows = new Differences(place);
            Future<Long> rows = readers.submit(() -> snapshot.join(
                    () -> new RowVerification(snapshot, part, scope.progress(), ofRows).verify()));
            Differences ofLedger = new Differences(place);
            long batches = ledger(snapshot, part, ofLedger, rows);
            long rowsVerified = Futures.result(rows);
            return PartResult.of(part, rowsVerified, batches, part.leftOut(snapshot.jdbc()), ofRows, ofLedger);
        });
    }

    /** Verifies the exports of a company's ledger: they are files that no stream has. */
    PartResult exports(long company) {
        return SharedSnapshot.open(warehouse, snapshot -> {
            List<Differences> found = LedgerExportKind.streams().stream().map(name -> {
                Differences differences = new Differences("company " + company + " " + name);
                new FileVerification(snapshot, company, name, differences).verify();
                new ForeignChanges(snapshot.jdbc()).find(company, name, differences);
                return differences;
            }).toList();
            return PartResult.beside(found);
        });
    }

    private static long ledger(SharedSnapshot snapshot, VerifiedStream part, Differences differences,
            Future<Long> rows) {
        try {
            LedgerVerification ledger = new LedgerVerification(snapshot, part, differences);
            long batches = ledger.verify();
            new VersionVerification(snapshot, part, differences).verify(ledger.incomplete());
            new SealVerification(snapshot, part, differences).verify();
            new FileVerification(snapshot, part.company(), part.stream().name(), differences).verify();
            new ForeignChanges(snapshot.jdbc()).find(part.company(), part.stream().name(), differences);
            new TimesVerification(snapshot.jdbc(), part.stream(), differences).verify(part.company());
            return batches;
        } catch (RuntimeException | Error failed) {
            rows.cancel(true);
            throw failed;
        }
    }
}

package fr.pennylanesync.runtime;

import fr.pennylanesync.archive.download.DownloadCode;
import fr.pennylanesync.archive.download.DownloadOutcome;
import fr.pennylanesync.audit.AuditErrorCode;
import fr.pennylanesync.audit.AuditRead;
import fr.pennylanesync.audit.Reader;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.stream.PassKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Sends the requests of audits through the routes.
 *
 * @param leaseWait how long to wait for whoever reads the company
 */
record EngineReader(SyncEngine engine, RuntimeResources resources, Duration leaseWait) implements Reader {

    @Override
    public void read(AuditRead read) {
        engine.read(read, leaseWait);
    }

    @Override
    public Path fetch(URI link) {
        DownloadOutcome outcome = resources.archive().access().downloads().fetch(link);
        return outcome.temporary().filter(file -> outcome.failure().isEmpty())
                .orElseThrow(() -> new SyncException(AuditErrorCode.EXPORT_NOT_FETCHED,
                        outcome.failure().map(DownloadCode::name).orElse("")));
    }

    @Override
    public void refresh(long companyId, Collection<String> streams) {
        sync(companyId, streams, Optional.empty());
    }

    @Override
    public void sweep(long companyId, Collection<String> streams) {
        sync(companyId, streams, Optional.of(PassKind.SWEEP));
    }

    private void sync(long companyId, Collection<String> streams, Optional<PassKind> pass) {
        engine.sync(companyId, List.copyOf(streams), SyncRequests.of(resources.settings().sync(), pass, false),
                leaseWait);
    }
}

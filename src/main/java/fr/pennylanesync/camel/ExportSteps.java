package fr.pennylanesync.camel;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.archive.LedgerExport;
import fr.pennylanesync.archive.LedgerExports;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.logging.ArchiveEvent;
import fr.pennylanesync.logging.EventLog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Gives the routes {@code export-ledgers} and {@code export-company} their steps: what is due, and what became of it.
 */
public final class ExportSteps {

    private static final EventLog LOG = EventLog.of(ExportSteps.class);

    private static final Set<ErrorCode> REFUSALS = Set.of(ApiErrorCode.FORBIDDEN, ApiErrorCode.NOT_FOUND,
            ApiErrorCode.SCOPE_MISSING);

    private final LedgerExports exports;
    private final ArchiveSteps.ArchiveDependencies dependencies;
    private final ArchiveRuns runs;

    ExportSteps(LedgerExports exports, ArchiveSteps.ArchiveDependencies dependencies, ArchiveRuns runs) {
        this.exports = exports;
        this.dependencies = dependencies;
        this.runs = runs;
    }

    /** Takes the company's lease; one that another process has is left to that until the next time. */
    public void takeLease(Exchange exchange) {
        runs.begin(exchange);
        // What an expression sets is gone with the copy that Camel evaluates it on: a step sets this.
        exchange.setVariable(Variables.REFUSED_EXPORTS, new HashSet<String>());
    }

    /** Gives the company's lease back, where it was had. */
    public void releaseLease(Exchange exchange) {
        runs.end(exchange);
    }

    /** Lists the active companies of which an export may be due. */
    public List<Long> dueCompanies() {
        return dependencies.companies().get().stream().filter(exports::mayBeDue).toList();
    }

    /** Lists the exports of the company that are due. */
    public List<LedgerExport> due(Exchange exchange) {
        return exports.due(Variables.companyId(exchange));
    }

    /** Begins with the export that is the message: it is noted that it is asked for. */
    public void open(Exchange exchange) {
        LedgerExport export = exchange.getMessage().getBody(LedgerExport.class);
        exchange.setVariable(Variables.EXPORT, export);
        exchange.setVariable(Variables.FILES, export.files());
        exchange.getMessage().setBody(null);
        if (mayAsk(exchange)) {
            exports.asked(export);
        }
    }

    /** Tells whether the export is looked at once more: it is not ready, and may still be asked for. */
    public boolean hasNext(Exchange exchange) {
        return Variables.export(exchange).isUnfinished() && mayAsk(exchange);
    }

    /** Once Pennylane has refused an export, no other period of the same is asked for in this run. */
    private boolean mayAsk(Exchange exchange) {
        return !runs.isStopped()
                && !Variables.refusedExports(exchange).contains(Variables.export(exchange).stream());
    }

    /** Returns the pause before the next look, in milliseconds. */
    public long pauseMs(Exchange exchange) {
        return Variables.export(exchange).pauseMs();
    }

    /** Tells whether the export can be fetched. */
    public boolean isReady(Exchange exchange) {
        return !Variables.export(exchange).isUnfinished();
    }

    /** Makes the file that is ready the one to be archived. */
    public void file(Exchange exchange) {
        exchange.setVariable(Variables.FILE, exports.file(Variables.export(exchange)));
    }

    /** Notes which state of the books the archive has now. */
    public void end(Exchange exchange) throws Exception {
        exports.ended(Variables.export(exchange), Variables.fileTask(exchange));
    }

    /** Tells that there is no export; it is asked for again later. */
    public void failed(Exchange exchange) {
        Failure failure = Failure.handled(exchange);
        LedgerExport export = Variables.export(exchange);
        if (export != null && REFUSALS.contains(failure.errorCode())) {
            Variables.refusedExports(exchange).add(export.stream());
        }
        if (!failure.isToldBy(dependencies.outages())) {
            LOG.log(new ArchiveEvent.ArchiveStopped(Variables.companyId(exchange),
                    Optional.ofNullable(export).map(LedgerExport::stream), failure.code(), failure.message()));
        }
    }
}

package fr.pennylanesync.camel;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.archive.ArchiveAccess;
import fr.pennylanesync.archive.FilePass;
import fr.pennylanesync.archive.FileProgress;
import fr.pennylanesync.archive.FileTask;
import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.archive.s3.Upload;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lease.Lease;
import fr.pennylanesync.logging.ArchiveEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Does the steps of the archive that the routes name: a company's lease, a pass over the pending files of a stream, and
 * what becomes of each file. In which order, and what follows on a failure, stands in the routes.
 */
public final class ArchiveSteps {

    private static final EventLog LOG = EventLog.of(ArchiveSteps.class);

    /**
     * Names what the steps work with.
     *
     * @param companies ids of the active ones
     * @param leases gives the right to read a company, unless another process has it
     */
    public record ArchiveDependencies(PendingFiles files, ArchiveAccess archive, FileProgress progress,
            Supplier<List<Long>> companies, LongFunction<Optional<Lease>> leases, Outages outages) {}

    private final ArchiveDependencies dependencies;
    private final ArchiveRuns runs;
    private final StreamCatalog catalog;
    private final StreamAssignment assignment;

    /** @param catalog the streams of the set of routes that calls these steps */
    ArchiveSteps(ArchiveDependencies dependencies, ArchiveRuns runs, StreamCatalog catalog,
            StreamAssignment assignment) {
        this.dependencies = dependencies;
        this.runs = runs;
        this.catalog = catalog;
        this.assignment = assignment;
    }

    /** Lists the active companies with files whose time has come. */
    public List<Long> dueCompanies() {
        Set<Long> due = dependencies.files().dueCompanies(withFiles());
        return dependencies.companies().get().stream().filter(due::contains).toList();
    }

    /** Takes the company's lease, unless another run or another process has the company. */
    public void takeLease(Exchange exchange) {
        runs.begin(exchange);
    }

    /** Gives the company's lease back, where it was had. */
    public void releaseLease(Exchange exchange) {
        runs.end(exchange);
    }

    /** Lists the enabled streams with files that are due; of those that are asked for, if any are. */
    public List<String> dueStreams(Exchange exchange) {
        List<String> asked = Variables.streams(exchange);
        Set<String> enabled = withFiles();
        return dependencies.files().dueStreams(Variables.companyId(exchange)).stream().filter(enabled::contains)
                .filter(stream -> asked.isEmpty() || asked.contains(stream)).toList();
    }

    private Set<String> withFiles() {
        return catalog.all().stream().filter(stream -> stream.enabled() && !stream.files().isEmpty())
                .map(StreamDefinition::name).collect(Collectors.toSet());
    }

    /** Opens a pass over the pending files of the stream. */
    public void open(Exchange exchange) {
        StreamDefinition stream = catalog.find(Variables.streamName(exchange)).orElseThrow();
        FilePass pass = new FilePass(Variables.companyId(exchange), stream, dependencies.files(),
                dependencies.archive().prefix());
        exchange.setVariable(Variables.FILES, pass);
    }

    /** Tells whether the pass has files left for this run, under these routes; what it leaves stays pending. */
    public boolean hasNext(Exchange exchange) {
        FilePass pass = Variables.filePass(exchange);
        return pass.isUnfinished() && !runs.isStopped() && !Variables.archiveRun(exchange).isOver()
                && assignment.mayContinue(pass.stream().name(), true);
    }

    /** Takes the files anew where an earlier attempt at the batch broke off: some of them may be recorded by now. */
    public void begin(Exchange exchange) {
        FilePass pass = Variables.filePass(exchange);
        if (pass.isBatchReady()) {
            pass.restartBatch();
        }
    }

    /** Asks for the bucket: no URL is asked for while it is away. */
    public void requireBucket() {
        bucket().requireBucket();
        dependencies.outages().answered(Part.ARCHIVE);
    }

    /** Takes the records that the page holds; none where the pass went on without an answer. */
    public void takePage(Exchange exchange) {
        Page page = exchange.getMessage().getBody(Page.class);
        if (page != null) {
            Variables.filePass(exchange).offer(page);
        }
        exchange.getMessage().setBody(null);
    }

    /** Records the files that have no URL now; the others become the message. */
    public void recordMissing(Exchange exchange) {
        FilePass pass = Variables.filePass(exchange);
        pass.withoutUrl().forEach(dependencies.files()::setBack);
        dependencies.progress().withoutUrl(pass, pass.withoutUrl().size());
        exchange.getMessage().setBody(pass.tasks());
    }

    /** Downloads the file, unless the batch is broken: it is then begun again with fresh links. */
    public void download(Exchange exchange) {
        if (!Variables.fileBatch(exchange).isBroken()) {
            Variables.fileTask(exchange).download(dependencies.archive().downloads());
        }
    }

    /** Looks at what was downloaded. */
    public void check(Exchange exchange) {
        Variables.fileTask(exchange).check(dependencies.archive().downloads(), dependencies.archive().contents());
    }

    /** Tells whether the object is too large for one put. */
    public boolean isLarge(Exchange exchange) {
        return bucket().needsParts(upload(exchange));
    }

    /** Stores a large object in parts: Camel's component would lose its metadata. */
    public void putInParts(Exchange exchange) {
        if (!bucket().putInParts(upload(exchange))) {
            adopt(exchange);
        }
    }

    /** Goes on with the object that lies under the key already. */
    public void adopt(Exchange exchange) {
        Variables.fileTask(exchange).adopt();
    }

    /** Asks the bucket what it keeps, and holds it against what was to be stored. */
    public void readBack(Exchange exchange) {
        bucket().confirm(upload(exchange), Variables.fileTask(exchange).isCreated());
    }

    /** Records, within the caller's transaction, that the file is archived. */
    public void recordArchived(Exchange exchange) {
        FileTask file = Variables.fileTask(exchange);
        dependencies.progress().ended(file, file.recordArchived(dependencies.files()));
    }

    /** Records, within the caller's transaction, that an attempt brought no file. */
    public void recordSetback(Exchange exchange) {
        FileTask file = Variables.fileTask(exchange);
        file.recordSetback(dependencies.files()).ifPresent(result -> dependencies.progress().ended(file, result));
    }

    /** Keeps the failure for the end of the batch: the other files that are under way end first. */
    public void keepFailure(Exchange exchange) {
        Variables.fileBatch(exchange).keepFailure(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** Deletes the temporary file. */
    public void discard(Exchange exchange) {
        Variables.fileTask(exchange).discard();
    }

    /** Ends the batch, with the failure that was kept, if there is one. */
    public void endBatch(Exchange exchange) throws Exception {
        Variables.filePass(exchange).batchEnded();
    }

    /** Tells whether the pass can look for the record that the caught failure is the fault of. */
    public boolean isolates(Exchange exchange) {
        FilePass pass = Variables.filePass(exchange);
        return pass != null && Failure.caught(exchange) instanceof SyncException failure && pass.isolates(failure);
    }

    /** Lets the pass look for the record that a failure which repeats is the fault of. */
    public void isolate(Exchange exchange) {
        Variables.filePass(exchange).isolate((SyncException) Failure.caught(exchange));
    }

    /** Closes the pass. What the routes of the next set are to go on with is noted. */
    public void close(Exchange exchange) {
        FilePass pass = Variables.filePass(exchange);
        dependencies.progress().passEnded(pass);
        if (pass.isUnfinished() && assignment.isRevoked(pass.stream().name())) {
            Variables.brokenOff(exchange).add(pass.stream().name());
        }
        LOG.log(new ArchiveEvent.ArchivePassEnded(pass.companyId(), pass.stream().name(), pass.batches(),
                pass.requests(), !pass.isUnfinished()));
    }

    /** Tells what stopped an archive run. The files that are not recorded stay pending: the next run takes them up. */
    public void failed(Exchange exchange) {
        Failure failure = Failure.handled(exchange);
        String stream = Variables.streamName(exchange);
        dependencies.progress().stopped(Variables.companyId(exchange), stream == null ? "" : stream, failure.code());
        if (failure.errorCode() == ArchiveErrorCode.UNAVAILABLE) {
            dependencies.outages().away(Part.ARCHIVE, failure.code(), failure.message());
        }
        if (failure.isToldBy(dependencies.outages())) {
            return;
        }
        LOG.log(new ArchiveEvent.ArchiveStopped(Variables.companyId(exchange), Optional.ofNullable(stream),
                failure.code(), failure.message()));
    }

    private S3Archive bucket() {
        return dependencies.archive().bucket();
    }

    private static Upload upload(Exchange exchange) {
        return Variables.fileTask(exchange).getUpload();
    }
}

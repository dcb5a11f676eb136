package fr.pennylanesync.camel;

import fr.pennylanesync.archive.ArchiveAccess;
import fr.pennylanesync.archive.FilePass;
import fr.pennylanesync.archive.FileProgress;
import fr.pennylanesync.archive.FileTask;
import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.archive.S3Archive;
import fr.pennylanesync.archive.Upload;
import fr.pennylanesync.privacy.ArchiveEvent;
import fr.pennylanesync.privacy.EventLog;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/** What the routes of the archive call: open a pass over pending files, fetch, store and record each file, close the pass. */
public final class ArchiveSteps {

    private static final EventLog LOG = EventLog.of(ArchiveSteps.class);
    private static final String FILE = "file";

    /** What the steps work with. */
    public record Parts(PendingFiles files, ArchiveAccess archive, FileProgress progress) {}

    private final Parts parts;
    private final StreamCatalog catalog;
    private final Tenure tenure;

    /** @param catalog the streams of the set of routes that calls these steps */
    ArchiveSteps(Parts parts, StreamCatalog catalog, Tenure tenure) {
        this.parts = parts;
        this.catalog = catalog;
        this.tenure = tenure;
    }

    /** The enabled streams of the company with files that are due; of those that the message names, unless it names none. */
    public List<String> streams(Exchange exchange) {
        List<?> asked = exchange.getMessage().getBody(List.class);
        Set<String> enabled = catalog.all().stream().filter(stream -> stream.enabled() && !stream.files().isEmpty())
                .map(StreamDefinition::name).collect(Collectors.toSet());
        return parts.files().dueStreams(Variables.companyId(exchange)).stream().filter(enabled::contains)
                .filter(stream -> asked.isEmpty() || asked.contains(stream)).toList();
    }

    public void open(Exchange exchange) {
        StreamDefinition stream = catalog.find(Variables.streamName(exchange)).orElseThrow();
        exchange.setVariable(Variables.READ, new FilePass(Variables.companyId(exchange), stream, parts.files()));
    }

    /** Whether the pass has files left, under these routes; what it leaves stays pending. */
    public boolean goesOn(Exchange exchange) {
        FilePass pass = pass(exchange);
        return pass.isUnfinished() && tenure.keeps(pass.stream().name(), true);
    }

    /** Takes the files anew where an earlier attempt at the batch broke off: some of them may be recorded by now. */
    public void begin(Exchange exchange) {
        FilePass pass = pass(exchange);
        if (pass.isBatchReady()) {
            pass.restartBatch();
        }
    }

    /** Records the files that have no URL now; the others become the message. */
    public void settle(Exchange exchange) {
        FilePass pass = pass(exchange);
        pass.withoutUrl().forEach(parts.files()::setBack);
        parts.progress().withoutUrl(pass, pass.withoutUrl().size());
        exchange.getMessage().setBody(pass.tasks());
    }

    public void download(Exchange exchange) {
        FileTask task = exchange.getMessage().getBody(FileTask.class);
        exchange.setVariable(FILE, task);
        exchange.getMessage().setBody(null);
        if (!pass(exchange).isBroken()) {
            task.download(parts.archive().downloads());
        }
    }

    /** Checksums, Object Lock and metadata in parts are beyond Camel's own producer: the same client does it here. */
    public void store(Exchange exchange) {
        S3Archive bucket = parts.archive().bucket();
        Upload upload = task(exchange).upload(bucket.prefix());
        bucket.confirm(upload, bucket.put(upload));
    }

    /** Runs within a transaction. */
    public void record(Exchange exchange) {
        FileTask task = task(exchange);
        task.record(parts.files(), parts.archive().bucket().prefix()).ifPresent(result -> parts.progress().ended(task, result));
    }

    public void broke(Exchange exchange) {
        pass(exchange).broke(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    public void discard(Exchange exchange) {
        task(exchange).discard();
    }

    public void batchEnded(Exchange exchange) throws Exception {
        pass(exchange).batchEnded();
    }

    public void close(Exchange exchange) {
        FilePass pass = pass(exchange);
        parts.progress().passEnded(pass);
        if (pass.isUnfinished() && tenure.isTaken(pass.stream().name())) {
            Variables.brokenOff(exchange).add(pass.stream().name());
        }
        LOG.log(new ArchiveEvent.ArchivePassEnded(pass.companyId(), pass.stream().name(), pass.batches(),
                pass.requests(), !pass.isUnfinished()));
    }

    /** The files that are not recorded stay pending: the next run takes them up. */
    public void failed(Exchange exchange) {
        Failure failure = Failure.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        String stream = Variables.streamName(exchange);
        parts.progress().stopped(Variables.companyId(exchange), stream == null ? "" : stream, failure.code());
        LOG.log(new ArchiveEvent.ArchiveStopped(Variables.companyId(exchange), Optional.ofNullable(stream),
                failure.code(), failure.message()));
    }

    private static FilePass pass(Exchange exchange) {
        return exchange.getVariable(Variables.READ, FilePass.class);
    }

    private static FileTask task(Exchange exchange) {
        return exchange.getVariable(FILE, FileTask.class);
    }
}

package fr.pennylanesync.camel;

import fr.pennylanesync.archive.FileBatch;
import fr.pennylanesync.archive.FilePass;
import fr.pennylanesync.archive.FileTask;
import fr.pennylanesync.archive.LedgerExport;
import fr.pennylanesync.history.PartitionLane;
import fr.pennylanesync.landing.BatchClaim;
import fr.pennylanesync.landing.BatchLanding;
import fr.pennylanesync.landing.LandedBatch;
import fr.pennylanesync.landing.RefusedRecord;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.PageLane;
import fr.pennylanesync.pass.PagedRead;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.plan.CompanyPlan;
import fr.pennylanesync.plan.SyncPlan;
import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.share.OpenShare;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/**
 * The exchange variables that the routes and the processors share: our state lives in variables, headers are only for
 * protocols.
 */
final class Variables {

    static final String COMPANY_ID = "companyId";
    static final String SYNC_REQUEST = "syncRequest";
    static final String STREAM_NAME = "streamName";
    static final String PLAN = "plan";
    static final String PASS = "pass";
    static final String LANE = "lane";
    static final String FILES = "files";
    static final String EXPORT = "export";
    static final String REFUSED_EXPORTS = "refusedExports";
    static final String LANDING = "landing";
    static final String LANDED = "landed";
    static final String REFUSED = "refused";
    static final String SNAPSHOT = "snapshot";
    static final String COMPANY_PLAN = "companyPlan";
    static final String BOOKS = "books";
    static final String AUDIT = "audit";
    static final String REREAD = "reread";
    static final String LEASE = "lease";
    static final String LEASE_WAIT = "leaseWait";
    static final String STREAMS = "streams";
    static final String FILE = "file";
    static final String ARCHIVE_RUN = "archiveRun";
    static final String RUN_SECONDS = "runSeconds";
    static final String DIGEST = "digest";
    static final String DIGEST_NANOS = "digestNanos";
    static final String DIGEST_FAILURE = "digestFailure";
    static final String ALARM = "alarm";
    static final String ALARM_RUN = "alarmRun";
    static final String BROKEN_OFF = "brokenOff";

    private Variables() {}

    static long companyId(Exchange exchange) {
        return exchange.getVariable(COMPANY_ID, Long.class);
    }

    /** Returns what the round asks for: what a predicate sets is gone with the copy that Camel evaluates it on. */
    static SyncRequest syncRequest(Exchange exchange) {
        CompanyPlan plan = companyPlan(exchange);
        return plan == null ? exchange.getVariable(SYNC_REQUEST, SyncRequest.class) : plan.request();
    }

    static String streamName(Exchange exchange) {
        return exchange.getVariable(STREAM_NAME, String.class);
    }

    static SyncPlan syncPlan(Exchange exchange) {
        return exchange.getVariable(PLAN, SyncPlan.class);
    }

    static Duration leaseWait(Exchange exchange) {
        return exchange.getVariable(LEASE_WAIT, Duration.class);
    }

    static CompanyPlan companyPlan(Exchange exchange) {
        return exchange.getVariable(COMPANY_PLAN, CompanyPlan.class);
    }

    /** Names of streams that the set of routes was left with unfinished; safe for threads. */
    @SuppressWarnings("unchecked")
    static Set<String> brokenOff(Exchange exchange) {
        return exchange.getVariable(BROKEN_OFF, Set.class);
    }

    /**
     * Returns what reads pages, as the one route to the API sees it: a lane of a sync, an export, the files of the
     * archive, or an audit.
     */
    static PagedRead pagedRead(Exchange exchange) {
        return Stream.of(EXPORT, FILES, AUDIT, LANE).map(name -> exchange.getVariable(name, PagedRead.class))
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The names of the streams that are asked for; empty: all. */
    @SuppressWarnings("unchecked")
    static List<String> streams(Exchange exchange) {
        List<String> asked = exchange.getVariable(STREAMS, List.class);
        return asked == null ? List.of() : asked;
    }

    /** The pass over a stream's pending files. */
    static FilePass filePass(Exchange exchange) {
        return exchange.getVariable(FILES, FilePass.class);
    }

    /** The files that are archived together with the one that is on its way. */
    static FileBatch fileBatch(Exchange exchange) {
        return exchange.getVariable(FILES, FileBatch.class);
    }

    /** The export that is asked for and archived. */
    static LedgerExport export(Exchange exchange) {
        return exchange.getVariable(EXPORT, LedgerExport.class);
    }

    /** The exports that Pennylane has refused in this run. */
    @SuppressWarnings("unchecked")
    static Set<String> refusedExports(Exchange exchange) {
        return exchange.getVariable(REFUSED_EXPORTS, Set.class);
    }

    /** The file that is on its way. */
    static FileTask fileTask(Exchange exchange) {
        return exchange.getVariable(FILE, FileTask.class);
    }

    /** The archive run; null where the company's lease was not had. */
    static ArchiveRuns.ArchiveRun archiveRun(Exchange exchange) {
        return exchange.getVariable(ARCHIVE_RUN, ArchiveRuns.ArchiveRun.class);
    }

    static Lane lane(Exchange exchange) {
        return exchange.getVariable(LANE, Lane.class);
    }

    static PageLane pageLane(Exchange exchange) {
        return exchange.getVariable(LANE, PageLane.class);
    }

    /** The claim of the batch that is being landed. */
    static BatchClaim claim(Exchange exchange) {
        return exchange.getVariable(LANDING, BatchClaim.class);
    }

    static BatchLanding landing(Exchange exchange) {
        return exchange.getVariable(LANDING, BatchLanding.class);
    }

    /** Returns what the last landing did; empty where an earlier attempt had landed the batch. */
    static Optional<LandedBatch> landed(Exchange exchange) {
        return Optional.ofNullable(exchange.getVariable(LANDED, LandedBatch.class));
    }

    /** Returns the records that the database did not take when the batch was landed before. */
    @SuppressWarnings("unchecked")
    static List<RefusedRecord> refused(Exchange exchange) {
        List<RefusedRecord> refused = exchange.getVariable(REFUSED, List.class);
        return refused == null ? List.of() : refused;
    }

    static OpenShare snapshot(Exchange exchange) {
        return exchange.getVariable(SNAPSHOT, OpenShare.class);
    }

    /** Returns what reads partitions, as the one route to the data sharing sees it. */
    static PartitionLane partitionLane(Exchange exchange) {
        return exchange.getVariable(LANE, PartitionLane.class);
    }

    static Pass pass(Exchange exchange) {
        return exchange.getVariable(PASS, Pass.class);
    }
}

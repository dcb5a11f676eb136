package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.ErasedRecords;
import fr.pennylanesync.landing.state.FileNotes;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.SeenEvents;
import fr.pennylanesync.landing.state.StaleReads;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.landing.state.UnannouncedChanges;
import fr.pennylanesync.landing.state.WaitingSubLists;
import fr.pennylanesync.landing.table.ReadBack;
import fr.pennylanesync.landing.table.RowCopy;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables that a landing writes, and the meter that is told of it. */
record LandingTables(JdbcClient jdbc, RowCopy copy, CheckpointStore checkpoints, BatchLedger ledger, DueList due,
        Quarantine quarantine,
        SeenEvents events, StaleReads staleReads, UnannouncedChanges unannounced, FileNotes files, ReadBack readBack,
        UnseenRows rows, ErasedRecords erased, SubListProofs proofs, WaitingSubLists waiting, LandingMeter meter) {

    private static final EventLog LOG = EventLog.of(LandingTables.class);
    private static final int NAMED_MAX = 20;

    static LandingTables of(JdbcClient jdbc, RowCopy copy, SubListProofs proofs, LandingMeter meter) {
        return new LandingTables(jdbc, copy, new CheckpointStore(jdbc), new BatchLedger(jdbc), new DueList(jdbc),
                new Quarantine(jdbc),
                new SeenEvents(jdbc), new StaleReads(jdbc), new UnannouncedChanges(jdbc), new FileNotes(jdbc),
                new ReadBack(jdbc),
                new UnseenRows(jdbc), new ErasedRecords(jdbc), proofs, new WaitingSubLists(jdbc), meter);
    }

    /** Returns the checkpoint of several lanes as it is now; the caller has locked the stream. */
    Checkpoint current(Checkpoint of) {
        return checkpoints.find(of.companyId(), of.stream(), of.pass()).filter(found -> found.run() == of.run())
                .orElseThrow(() -> of.moved());
    }

    /** Appends rows that are written and proven to the chain of their stream. */
    void append(long id, long chainPosition, WrittenRows rows, int requestsUsed) {
        ledger.append(id, chainPosition, rows, requestsUsed);
        AfterCommit.run(() -> meter.landed(rows.from().companyId(), rows.stream().name(), rows.from().pass(),
                rows.records().size()));
        if (!rows.altered().isEmpty()) {
            AfterCommit.run(() -> tellAltered(rows.from().companyId(), rows.stream().name(), rows.altered()));
        }
    }

    private void tellAltered(long company, String stream, List<RowWriter.Written> altered) {
        meter.altered(company, stream, altered.size());
        LOG.log(new SyncEvent.RowsAltered(company, stream, altered.size(), altered.stream().limit(NAMED_MAX)
                .map(row -> Long.toString(row.id())).collect(Collectors.joining(","))));
    }
}

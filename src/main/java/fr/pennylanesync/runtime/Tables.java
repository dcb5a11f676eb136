package fr.pennylanesync.runtime;

import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.audit.AuditLog;
import fr.pennylanesync.audit.BooksAudit;
import fr.pennylanesync.audit.FecAudit;
import fr.pennylanesync.audit.Reader;
import fr.pennylanesync.audit.RereadAudit;
import fr.pennylanesync.audit.ShareAudit;
import fr.pennylanesync.audit.TrialBalanceAudit;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.company.CompanyStore;
import fr.pennylanesync.history.SharePasses;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.IncompleteStreams;
import fr.pennylanesync.landing.state.LandedYears;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.landing.state.SeenEvents;
import fr.pennylanesync.landing.state.ShareNotes;
import fr.pennylanesync.landing.state.StaleCopies;
import fr.pennylanesync.landing.state.StaleReads;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.landing.table.MirroredRows;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.landing.table.ValueIds;
import fr.pennylanesync.plan.Passes;
import fr.pennylanesync.reload.ReloadStore;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the classes that read and write the warehouse's tables, each made once and here, and makes what works on them.
 *
 * @param jdbc for what reads rows of the streams, whose tables are known by name only
 */
public record Tables(JdbcClient jdbc, CompanyStore companies, StreamStates states, CheckpointStore checkpoints,
        DueList due, Quarantine quarantine, StaleCopies staleCopies, StaleReads staleReads, SeenEvents seenEvents,
        UnseenRows unseenRows,
        ShareNotes shareNotes, PendingFiles files, ReloadStore reloads, AuditLog audits) {

    private static final Clock CLOCK = Clock.systemUTC();

    /** Returns the tables that a connection or a pool leads to. */
    public static Tables of(JdbcClient jdbc) {
        return new Tables(jdbc, new CompanyStore(jdbc), new StreamStates(jdbc), new CheckpointStore(jdbc),
                new DueList(jdbc), new Quarantine(jdbc), new StaleCopies(jdbc), new StaleReads(jdbc),
                new SeenEvents(jdbc),
                new UnseenRows(jdbc), new ShareNotes(jdbc), new PendingFiles(jdbc, CLOCK), new ReloadStore(jdbc),
                new AuditLog(jdbc));
    }

    /** Makes the passes over the data sharing. */
    SharePasses sharePasses(Optional<Share> share) {
        return new SharePasses(new SharePasses.ShareTables(jdbc, checkpoints, quarantine, shareNotes, unseenRows),
                share, CLOCK);
    }

    /** Makes the passes over the API, and those over the data sharing with them. */
    Passes passes(SharePasses share, SubListProofs proofs, Supplier<StreamCatalog> catalog,
            LongToIntFunction waiting) {
        return new Passes(new Passes.PassTables(checkpoints, due, seenEvents, unseenRows, staleReads,
                new LandedYears(jdbc), new ValueIds(jdbc), proofs, new MirroredRows(jdbc), states,
                new IncompleteStreams(jdbc)), share, catalog, CLOCK, waiting);
    }

    /**
     * Makes the audit that holds the books against their own rules.
     *
     * @param reading reads again what differs
     */
    public BooksAudit booksAudit(StreamCatalog catalog, BooksAudit.Reading reading) {
        return new BooksAudit(new BooksAudit.BooksTables(jdbc, due, audits), catalog, reading);
    }

    /**
     * Makes the audit that reads records again.
     *
     * @param days in which each is to be read again
     * @param reading reads what a person asks for
     */
    public RereadAudit rereadAudit(StreamCatalog catalog, int days, BooksAudit.Reading reading) {
        return new RereadAudit(new RereadAudit.RereadParts(jdbc, due, audits, days, CLOCK), catalog, reading);
    }

    /** Makes the audit that compares the ledger with the file of accounting entries. */
    public FecAudit fecAudit(Reader reader) {
        return new FecAudit(jdbc, audits, reader);
    }

    /** Makes the audit that compares the ledger with Pennylane's own totals. */
    public TrialBalanceAudit trialBalanceAudit(Reader reader) {
        return new TrialBalanceAudit(jdbc, audits, reader);
    }

    /**
     * Makes the audit that compares the warehouse with the data sharing.
     *
     * @param repair reads again what differs
     */
    public ShareAudit audit(Share share, ShareAudit.Repair repair) {
        return new ShareAudit(new ShareAudit.AuditTables(jdbc, states, due, shareNotes, audits), share,
                sharePasses(Optional.of(share)), repair);
    }
}

package fr.pennylanesync.landing;

import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.landing.table.RowCopy;
import fr.pennylanesync.stream.Dependents;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Begins the landing of batches. */
public final class Landing {

    private final LandingTables tables;

    public Landing(JdbcClient jdbc, RowCopy copy) {
        this(jdbc, copy, LandingMeter.NONE);
    }

    /** Makes a landing whose meter is told of batches once they are committed. */
    public Landing(JdbcClient jdbc, RowCopy copy, LandingMeter meter) {
        this(jdbc, copy, new SubListProofs(jdbc), meter);
    }

    /** @param proofs by which some sub-lists need not be asked for */
    public Landing(JdbcClient jdbc, RowCopy copy, SubListProofs proofs, LandingMeter meter) {
        this.tables = LandingTables.of(jdbc, copy, proofs, meter);
    }

    /**
     * Begins a landing; nothing is written yet.
     *
     * @param dependents what a change of the stream's records makes due
     */
    public BatchLanding begin(Batch batch, Dependents dependents) {
        if (batch instanceof EventBatch events) {
            return new EventLanding(tables, events);
        }
        if (batch instanceof ShareBatch rows) {
            return new ShareLanding(tables, rows);
        }
        return new RecordLanding(tables, (RecordBatch) batch, dependents);
    }

    /**
     * Finds the records of a batch that the database does not take; nothing is written.
     *
     * @param transactions begins each attempt
     */
    public List<RefusedRecord> refused(Batch batch, TransactionOperations transactions) {
        RefusedRecords search = new RefusedRecords(tables.jdbc(), tables.copy(), transactions);
        if (batch instanceof ShareBatch rows) {
            return search.find(rows);
        }
        return batch instanceof RecordBatch records ? search.find(records) : List.of();
    }

    /** Tells whether the batch is in the ledger. */
    public boolean contains(BatchKey key) {
        return tables.ledger().contains(key);
    }
}

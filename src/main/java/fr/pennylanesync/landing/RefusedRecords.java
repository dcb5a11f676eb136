package fr.pennylanesync.landing;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowCopy;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.ShareWriter;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.share.SetAsideRow;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds the records of a batch that the database does not take. Rows are written in halves, and in halves of those: a
 * record that is refused alone is refused. All is one transaction that is rolled back, with a savepoint before each
 * part, so that a record is refused too that cannot stand beside those before it.
 */
final class RefusedRecords {

    /** No batch has it: what is written is rolled back. */
    private static final long NO_BATCH = 0;

    /** Writes records of a stream as their batch does. */
    private interface Writer {
        void write(StreamDefinition stream, List<StreamRecord> records);
    }

    private final JdbcClient jdbc;
    private final RowCopy copy;
    private final TransactionOperations transactions;
    private final List<RefusedRecord> refused = new ArrayList<>();

    RefusedRecords(JdbcClient jdbc, RowCopy copy, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.copy = copy;
        this.transactions = transactions;
    }

    /** @throws DataAccessException if the database is away, or refuses for another reason than a record's values */
    List<RefusedRecord> find(RecordBatch batch) {
        long company = batch.from().companyId();
        Writer writer = (stream, records) -> new RowWriter(jdbc, stream).upsert(company, records, NO_BATCH,
                Source.API.label());
        return rolledBack(attempt -> {
            find(attempt, batch.stream(), batch.records(), writer);
            batch.included().forEach(list -> find(attempt, list.stream(), list.records(), writer));
        });
    }

    /** Finds no more than make it plain that the table is at fault, and not they. */
    List<RefusedRecord> find(ShareBatch batch) {
        long company = batch.from().companyId();
        return rolledBack(attempt -> find(attempt, batch.stream(), batch.records(),
                (stream, records) -> new ShareWriter(jdbc, copy, stream).write(company, records, NO_BATCH, false)));
    }

    private List<RefusedRecord> rolledBack(Consumer<TransactionStatus> search) {
        transactions.executeWithoutResult(attempt -> {
            search.accept(attempt);
            attempt.setRollbackOnly();
        });
        return refused;
    }

    private void find(TransactionStatus attempt, StreamDefinition stream, List<StreamRecord> records, Writer writer) {
        if (records.isEmpty() || refused.size() > SetAsideRow.MOST) {
            return;
        }
        Optional<String> sqlState = refusal(attempt, () -> writer.write(stream, records));
        if (sqlState.isEmpty()) {
            return;
        }
        if (records.size() == 1) {
            refused.add(new RefusedRecord(stream, records.get(0), sqlState.get()));
            return;
        }
        int half = records.size() / 2;
        find(attempt, stream, records.subList(0, half), writer);
        find(attempt, stream, records.subList(half, records.size()), writer);
    }

    /** Leaves written what is taken, for those behind it. */
    private static Optional<String> refusal(TransactionStatus attempt, Runnable write) {
        Object before = attempt.createSavepoint();
        try {
            write.run();
            attempt.releaseSavepoint(before);
            return Optional.empty();
        } catch (DataAccessException refused) {
            String sqlState = LandingFailures.refusedValue(refused).orElseThrow(() -> refused);
            attempt.rollbackToSavepoint(before);
            return Optional.of(sqlState);
        }
    }
}

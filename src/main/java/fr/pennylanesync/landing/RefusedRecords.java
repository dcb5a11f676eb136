package fr.pennylanesync.landing;

import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.table.RowWriter;
import fr.pennylanesync.landing.table.Source;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds the records of a batch that the database does not take. Rows are written in halves, and in halves of those,
 * each in a transaction of its own that is rolled back: what is refused alone is refused.
 */
final class RefusedRecords {

    /** No batch has it: what is written is rolled back. */
    private static final long NO_BATCH = 0;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;

    RefusedRecords(JdbcClient jdbc, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** @throws DataAccessException if the database is away, or refuses for another reason than a record's values */
    List<RefusedRecord> find(RecordBatch batch) {
        List<RefusedRecord> refused = new ArrayList<>();
        long company = batch.from().companyId();
        find(company, batch.stream(), batch.records(), refused);
        batch.included().forEach(list -> find(company, list.stream(), list.records(), refused));
        return refused;
    }

    private void find(long company, StreamDefinition stream, List<StreamRecord> records,
            List<RefusedRecord> refused) {
        Optional<String> sqlState = refusal(company, stream, records);
        if (sqlState.isEmpty()) {
            return;
        }
        if (records.size() == 1) {
            refused.add(new RefusedRecord(stream, records.get(0), sqlState.get()));
            return;
        }
        int half = records.size() / 2;
        find(company, stream, records.subList(0, half), refused);
        find(company, stream, records.subList(half, records.size()), refused);
    }

    private Optional<String> refusal(long company, StreamDefinition stream, List<StreamRecord> records) {
        if (records.isEmpty()) {
            return Optional.empty();
        }
        try {
            transactions.executeWithoutResult(status -> {
                status.setRollbackOnly();
                new RowWriter(jdbc, stream).upsert(company, records, NO_BATCH, Source.API.label());
            });
            return Optional.empty();
        } catch (DataAccessException refused) {
            return Optional.of(LandingFailures.refusedValue(refused).orElseThrow(() -> refused));
        }
    }
}

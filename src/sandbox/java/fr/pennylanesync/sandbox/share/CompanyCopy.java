package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Stamps;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps the store's copy of one company: writes what differs from the last time, in one transaction. */
final class CompanyCopy {

    private static final Map<String, CopiedTable> DEFINITIONS =
            ShareStore.tables().stream().collect(Collectors.toMap(CopiedTable::name, table -> table));

    private final Books books;
    private final List<SharedTable> tables;
    private final Map<String, TableState> states = new HashMap<>();
    private long changes = -1;

    CompanyCopy(Books books, ShownIds ids) {
        this.books = books;
        this.tables = List.of(new LedgerTable(ids), new TagTable(), new TrialBalanceTable(), new FiscalYearTable(ids),
                new CompanyTable(false), new ThirdPartyTable(true, ids), new ThirdPartyTable(false, ids),
                new InvoiceTable(true, ids), new InvoiceTable(false, ids), new BankAccountTable(ids),
                new BankTransactionTable(ids), new TaxDeclarationTable(), new VatDeclarationTable(),
                new CompanyUserTable(), new CompanyTable(true), new TimesheetTable());
    }

    long companyId() {
        return books.companyId();
    }

    /** Whether the books have changed since. */
    boolean isBehind() {
        return books.changes() != changes;
    }

    /** Copies the books as they are now. */
    void make(Connection connection, Instant now) throws SQLException {
        CopiedBooks copied = CopiedBooks.of(books);
        Map<String, TableState> copiedStates = new HashMap<>();
        for (SharedTable table : tables) {
            copiedStates.put(table.name(), make(table, copied, connection, CopyLine.timestamp(Stamps.micros(now))));
        }
        connection.commit();
        states.putAll(copiedStates);
        changes = copied.changes();
    }

    private TableState make(SharedTable table, CopiedBooks copied, Connection connection, String now)
            throws SQLException {
        TableState before = states.getOrDefault(table.name(), TableState.EMPTY);
        try (TableCopy copy = new TableCopy(connection, DEFINITIONS.get(table.name()), before.size() == 0)) {
            TableDelta delta = new TableDelta(before, "\t" + now + "\n", copy::write);
            table.write(copied, new CopyLine(delta::add));
            TableState after = delta.end();
            copy.end(copied.companyId());
            bury(table.name(), delta.gone(), connection, now);
            return after;
        }
    }

    /** Rows that are gone stay for the schema etl, until its next rebuild; tags leave no trace. */
    private void bury(String table, long[] gone, Connection connection, String now) throws SQLException {
        if (gone.length == 0) {
            return;
        }
        String change = table.equals(ShareStore.TAG) ? "delete from store." + table
                : "update store." + table + " set deleted_at = timestamp '" + now + "', synchronised_at = timestamp '"
                        + now + "'";
        try (PreparedStatement statement = connection.prepareStatement(change + " where " + ShareStore.COMPANY
                + " = ? and "
                + ShareStore.KEY + " = any (?)")) {
            statement.setLong(1, companyId());
            statement.setArray(2, connection.createArrayOf("bigint", Arrays.stream(gone).boxed().toArray()));
            statement.executeUpdate();
        }
    }

}

package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.fault.Faults;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * The data sharing of the sandbox: a PostgreSQL that holds the same companies as its API, under the documented schemas,
 * tables and columns, one login seeing many companies. What is odd about Pennylane's is odd here too; what may go wrong
 * there can be made to go wrong here.
 */
public final class SandboxShare implements AutoCloseable {

    private static final String DATABASE = "prod";

    private final ShareServer server;
    private final ShareViews views;
    private final ShareRights rights;
    private final ShareCopies copies;
    private final ShareGate gate;
    private final ShareSchedule schedule;
    private final ShareLogin login;
    private boolean closed;

    private SandboxShare(ShareServer server, Supplier<List<Books>> companies, InstantSource clock, Faults faults,
            ShareOptions options) {
        this.server = server;
        server.execute(ShareStore.creation());
        this.views = new ShareViews(server, options.duplicates());
        views.create();
        this.rights = new ShareRights(server);
        this.login = rights.createForAll();
        this.copies = new ShareCopies(server, rights, companies, clock, options.ids());
        copies.make();
        server.execute(ShareStore.indexes());
        ShareFaults shareFaults = new ShareFaults(faults);
        this.gate = ShareGate.open(options.port(), server, shareFaults::cutsHere);
        this.schedule = ShareSchedule.start(this, copies, shareFaults, clock, options);
    }

    /**
     * Starts a PostgreSQL, copies the companies into it and keeps the copy up with them.
     *
     * @param companies those of the sandbox, as they are when asked
     * @param clock the sandbox's
     */
    public static SandboxShare start(Supplier<List<Books>> companies, InstantSource clock, Faults faults,
            ShareOptions options) {
        ShareServer server = ShareServer.start(options.directory());
        try {
            return new SandboxShare(server, companies, clock, faults, options);
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** For PostgreSQL's driver; without login. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + gate.port() + "/" + DATABASE;
    }

    /** For Amazon's driver; without login. */
    public String redshiftUrl() {
        return "jdbc:redshift://127.0.0.1:" + gate.port() + "/" + DATABASE + "?ssl=false";
    }

    /** A login that sees all companies, those to come included. */
    public ShareLogin login() {
        return login;
    }

    /** A further login, which sees only these companies. */
    public ShareLogin createLogin(Collection<Long> companyIds) {
        return rights.create(companyIds);
    }

    /** Copies the books now, however much the share may lag. */
    public void copy() {
        copies.make();
    }

    /** The moment of the sandbox's clock that the share shows. */
    public Instant copiedAt() {
        return copies.copiedAt();
    }

    /** A company disappears for a login, as when the user behind it loses a right. */
    public void hide(ShareLogin from, long companyId) {
        rights.hide(from, companyId);
    }

    public void show(ShareLogin to, long companyId) {
        rights.show(to, companyId);
    }

    /** Hides a company from all logins, or shows it to those that see all. */
    public void setVisible(long companyId, boolean visible) {
        rights.setVisible(companyId, visible);
    }

    /**
     * Whether reading a table is refused to all logins (SQLSTATE 42501).
     *
     * @param table such as {@code pennylane.general_ledger}
     */
    public void setDenied(String table, boolean denied) {
        views.setDenied(table(table), denied);
    }

    /** Changes the columns of a table, on top of what was changed before. */
    public void change(String table, ColumnChange change) {
        requireChangeable(table, change);
        views.change(table(table), change);
    }

    /** All columns are as documented again. */
    public void undoChanges() {
        views.undoChanges();
    }

    /** Whether one row in twenty of the analytical ledger comes twice, beyond once for each tag. */
    public void setDuplicates(boolean duplicates) {
        views.setDuplicates(duplicates);
    }

    /** Takes the schema {@code etl} away, as a rebuild does at its beginning. */
    public void beginRebuild() {
        views.vanish(CopiedTable.ETL);
    }

    /** Brings {@code etl} back: no row is marked deleted any more, and each was synchronised now. */
    public void endRebuild() {
        server.execute(ShareStore.rebuilding(copies.copiedAt()));
        views.appear(CopiedTable.ETL);
    }

    /** Sets a value behind everybody's back: copies to come change it only when the record changes. */
    public void setValue(String table, long companyId, long id, String column, String value) {
        CopiedTable found = table(table);
        String type = found.columns().stream().filter(known -> known.name().equals(column)).findFirst().orElseThrow()
                .type();
        try (Connection connection = server.connect(); PreparedStatement update =
                connection.prepareStatement("update store."
                        + found.stored() + " set \"" + column + "\" = ?::" + type
                        + " where company_id = ? and id = ?")) {
            update.setString(1, value);
            update.setLong(2, companyId);
            update.setLong(3, id);
            if (update.executeUpdate() == 0) {
                throw new IllegalArgumentException("no such record in " + table);
            }
        } catch (SQLException failed) {
            throw new SandboxShareFailure("the value could not be set", failed);
        }
    }

    /** Runs a statement on what is stored, of which the views show what a login may see. */
    public void execute(String statement) {
        server.execute(List.of(statement));
    }

    /** Cuts all readers' connections and returns how many there were. */
    public int cut() {
        return gate.cut();
    }

    /** Cuts, once, the connection that carries this byte of all answers from now on. */
    public void cutAfter(long bytes) {
        gate.cutAfter(bytes);
    }

    /** How many connections were cut so far. */
    public long cuts() {
        return gate.cuts();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        schedule.close();
        gate.close();
        server.close();
    }

    /** @throws IllegalArgumentException when the share has no such table */
    public static void requireTable(String qualifiedName) {
        table(qualifiedName);
    }

    /** @throws IllegalArgumentException when the table has no such column, or has the one to be added */
    public static void requireChangeable(String table, ColumnChange change) {
        if (table(table).has(change.column()) == change instanceof ColumnChange.Added) {
            throw new IllegalArgumentException(change.column() + " of " + table + " cannot be changed so: it "
                    + (change instanceof ColumnChange.Added ? "is there" : "is not there"));
        }
    }

    private static CopiedTable table(String qualifiedName) {
        return ShareCatalog.find(qualifiedName)
                .orElseThrow(() -> new IllegalArgumentException("the share has no table " + qualifiedName));
    }
}

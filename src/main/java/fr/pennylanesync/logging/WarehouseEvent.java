package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of the warehouse. */
@Event.Topic("Warehouse")
public sealed interface WarehouseEvent extends Event {

    @Declared(
            level = Level.INFO,
            means = "The database does not answer yet and is waited for.",
            action = "Check the database if it goes on.")
    record WarehouseWaiting() implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "The database does not answer, at start or later; it is waited for as long as it takes, and what "
                    + "fails meanwhile for that reason is not told.",
            action = "Do what `remedy` says.")
    record WarehouseAway(String code, String remedy) implements WarehouseEvent {}

    @Declared(level = Level.INFO, means = "The database answers again, after `after_s` seconds.")
    record WarehouseBack(long afterS) implements WarehouseEvent {}

    @Declared(level = Level.INFO, means = "The warehouse is open.")
    record WarehouseOpened(boolean embedded, long migrations) implements WarehouseEvent {}

    @Declared(level = Level.INFO, means = "The embedded PostgreSQL runs.")
    record WarehouseEmbeddedStarted(long port, boolean adopted) implements WarehouseEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The embedded PostgreSQL ended by itself; it is started again at once, then with growing pauses.",
            action = "See postgres.log in its directory, and why the machine ends processes.")
    record WarehouseEmbeddedDied(long port, String code, long restarts) implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "An attempt to start the embedded PostgreSQL again failed; the next one follows after a pause.",
            action = "Do what `remedy` says.")
    record WarehouseEmbeddedNotRestarted(String code, long attempt, String remedy) implements WarehouseEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The embedded PostgreSQL ended too often in a row and is not started again any more.",
            action = "Do what `remedy` says.")
    record WarehouseEmbeddedGivenUp(String code, long attempt, String remedy) implements WarehouseEvent {}

    @Declared(level = Level.INFO, means = "The embedded PostgreSQL is not used by this process any more.")
    record WarehouseEmbeddedClosed(long port, boolean stopped) implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "The data of another major version of PostgreSQL are beside those in use.",
            action = "Nothing, or remove the old directory: the next sync fills the new one.")
    record WarehouseEmbeddedOtherMajorVersionFound(String directory, String inUse) implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "The views for analysts could not be replaced and stay as they were; `code` is the SQLSTATE.",
            action = "At 2BP01 drop the views that were built upon them, and make these again after the next start.")
    record AnalystViewsKept(String code) implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "A view for analysts cannot be made from the tables that are here; `code` is the SQLSTATE.",
            action = "At 42703 give the stream file the column that the view shows; at 42P07 rename the stream that "
                    + "bears its name.")
    record AnalystViewLeftOut(String view, String code) implements WarehouseEvent {}

    @Declared(
            level = Level.INFO,
            means = "What had grown old left the ledger and the replaced versions of a stream, and was sealed.")
    record StreamThinned(long company, String stream, long batches, long versions) implements WarehouseEvent {}

    @Declared(
            level = Level.INFO,
            means = "Files whose retention is over left the archive; `kept` stay, because a lock keeps them or they "
                    + "are being fetched anew.")
    record FilesRemoved(long company, String stream, String field, long removed, long kept) implements WarehouseEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A stream has grown old and is not thinned: `verify` names `differing` places, and thinning could "
                    + "remove what shows why.",
            action = "Run `verify`, and do what is to be done about what it names.")
    record StreamNotThinned(long company, String stream, long differing) implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "What had landed by other rules for personal data was rewritten by those in force, and sealed "
                    + "in the ledger.",
            action = "Nothing, if the rules were changed on purpose: what was hashed or left out comes back only by "
                    + "reading it again.")
    record PersonalDataRewritten(long company, String stream, long rows, long versions, long setAside, long fileNames)
            implements WarehouseEvent {}

    @Declared(
            level = Level.WARN,
            means = "The view of a stream's versions is not as it should be, and this login may not make it.",
            action = "Start once with the login that owns the tables; `status` is enough.")
    record HistoryViewKept(String stream) implements WarehouseEvent {}

    @Declared(level = Level.INFO, means = "Rows that nobody will ask for again were removed.")
    record HousekeepingDone(long seenEvents, long resolvedCases, long endedAlarms) implements WarehouseEvent {}

    @Declared(
            level = Level.INFO,
            means = "An index that a stream file declares was made of a table that was there before.")
    record WarehouseIndexMade(String stream, String column) implements WarehouseEvent {}
}

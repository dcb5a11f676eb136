package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of syncs and of the streams that they read. */
@Event.Topic("Syncs")
public sealed interface SyncEvent extends Event {

    @Declared(
            level = Level.WARN,
            means = "Pennylane has given no company an answer for half a minute; what fails meanwhile for that "
                    + "reason is not told.",
            action = "Do what `remedy` says, if it goes on.")
    record ApiAway(String code, String remedy) implements SyncEvent {}

    @Declared(level = Level.INFO, means = "Pennylane answers again, after `after_s` seconds.")
    record ApiBack(long afterS) implements SyncEvent {}

    @Declared(level = Level.DEBUG, means = "A batch was committed.")
    record BatchLanded(long company, String stream, String pass, long batch, long records, long changed, long deleted)
            implements SyncEvent {}

    @Declared(
            level = Level.INFO,
            means = "The sync of a company came to its end: of `streams` streams `changed` rows changed. A stream has "
                    + "a line of its own only where something was read, changed or failed.",
            action = "Nothing.")
    record CompanySynced(
            long company,
            long streams,
            long records,
            long changed,
            long deleted,
            long requests,
            long durationMs)
            implements SyncEvent {}

    @Declared(
            level = Level.DEBUG,
            means = "A pass came to its end and found nothing that was not here.")
    record PassIdle(long company, String stream, String pass, long requests) implements SyncEvent {}

    @Declared(
            level = Level.INFO,
            means = "A pass that read something came to its end, or a pass was broken off, as `outcome` says.")
    record PassEnded(
            long company,
            String stream,
            String pass,
            String outcome,
            long records,
            long changed,
            long deleted,
            long requests)
            implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "The table held something else than was landed, in `rows` rows whose records have not changed; "
                    + "they were written again, and what stood there is kept as a version.",
            action = "Find out who else writes to the warehouse, or whether the stream file maps a column otherwise "
                    + "now; `verify` looks for more.")
    record RowsAltered(long company, String stream, long rows, String ids) implements SyncEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A stream cannot go on; its next sync begins at the checkpoint.",
            action = "Do what `message` says.")
    record StreamStopped(long company, String stream, String code, String message) implements SyncEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A company may not be read any more, whatever the stream; this is told once a sync.",
            action = "Do what `message` says.")
    record CompanyStopped(long company, String code, String message) implements SyncEvent {}

    @Declared(
            level = Level.INFO,
            means = "Another process reads the company, so this run leaves it out.",
            action = "If it goes on, see who holds it in `pennylane_sync.company_lease`.")
    record CompanyBusy(long company, String work) implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "The token lacks the scope of a stream, so the stream is skipped.",
            action = "Give the token the scope, or switch the stream off.")
    record StreamNotPermitted(long company, String stream, String scope) implements SyncEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A changelog does not reach back to the checkpoint any more, so changes were missed.",
            action = "Nothing: a new history begins by itself. Ask why the stream was not read for so long.")
    record ChangelogGap(long company, String stream, String remedy) implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "The position in a changelog, or the beginning of a history, is ahead of what time it can be, so "
                    + "changes may have been missed.",
            action = "Nothing: a new history begins by itself. Run `doctor`, which compares the clocks.")
    record PositionAhead(long company, String stream, long aheadS) implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "The clocks of the API, of the database and of this machine lie more than five minutes apart; the "
                    + "figures say how far the first two are ahead of the machine's. Positions move no further than "
                    + "two of them agree. This is told once, until they agree again.",
            action = "Set the clock that is wrong; `doctor` compares them.")
    record ClocksDisagree(long apiAheadS, long databaseAheadS) implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "The changelog says that records are newer than what Pennylane hands out, however often it is "
                    + "asked; they are not asked for again until they change or are swept.",
            action = "Compare one of them in Pennylane; report it to Pennylane if the API's answer is old.")
    record StaleReadsEnded(long company, String stream, long records) implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "A sub-list of this parent held something else than `proof` said. The proof is not used any more "
                    + "for this stream of the company, and `again` sub-lists that it stood for are read.",
            action = "Nothing: each sub-list is asked for from now on. Report it to Pennylane if `proof` is filter.")
    record SubListProofContradicted(long company, String stream, String proof, long parent, long again)
            implements SyncEvent {}

    @Declared(
            level = Level.INFO,
            means = "Pennylane refuses the question that tells which sub-lists are empty: each is asked for. The "
                    + "question is put again after a week, and this is not told again.",
            action = "Nothing.")
    record SubListProofRefused(long company, String stream, String proof) implements SyncEvent {}

    @Declared(
            level = Level.WARN,
            means = "Something is set aside, and everything beside it goes on. Of more than 20 in one transaction the "
                    + "first are named, and `others` says how many are not.",
            action = "Look at it with `quarantine list`; most of it comes back by itself.")
    record ItemSetAside(long company, String alias, String stream, String kind, String code, long parent, long record,
            long others) implements SyncEvent {}

    @Declared(
            level = Level.INFO,
            means = "What was set aside has landed, or is gone at its source; `others` as in `item_set_aside`.")
    record ItemBack(long company, String alias, String stream, String kind, String code, long parent, long record,
            long others) implements SyncEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A sweep would delete so many rows that somebody has to agree.",
            action = "Check the rights, then confirm the sweep as `remedy` says.")
    record SweepStopped(long company, String stream, String code, long unseen, String remedy) implements SyncEvent {}
}

package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of the data sharing. */
@Event.Topic("Data sharing")
public sealed interface ShareEvent extends Event {

    @Declared(
            level = Level.WARN,
            means = "The data sharing gives no connection; what waits for it is not told stream by stream.",
            action = "Do what `remedy` says, if it goes on.")
    record ShareAway(String code, String remedy) implements ShareEvent {}

    @Declared(
            level = Level.WARN,
            means = "The data sharing has given no answer for longer than `share.fallback-after`: histories that have "
                    + "not ended are read from the lists of the API.",
            action = "Nothing for these; streams that only the share has wait until it answers.")
    record ShareGivenUp(String code, long afterS, String remedy) implements ShareEvent {}

    @Declared(level = Level.INFO, means = "The data sharing is read again, after `after_s` seconds.")
    record ShareBack(long afterS) implements ShareEvent {}

    @Declared(
            level = Level.WARN,
            means = "A table of the data sharing has columns that the stream file does not name.",
            action = "Nothing, unless you want them: add them to the stream file.")
    record ShareColumnsAdded(String table, String columns, String remedy) implements ShareEvent {}

    @Declared(
            level = Level.INFO,
            means = "A partition was read; if `equal` is false, its rows differ from what the share itself counted.",
            action = "Nothing: a partition that differs is set aside in the quarantine.")
    record SharePartitionRead(long company, String stream, String partition, long rows, boolean equal)
            implements ShareEvent {}

    @Declared(
            level = Level.INFO,
            means = "The share took too long for a partition of several months, which is read in two halves now.",
            action = "Nothing: each half is proven as a whole is.")
    record SharePartitionHalved(long company, String stream, String partition, String code) implements ShareEvent {}

    @Declared(
            level = Level.WARN,
            means = "Rows of a partition cannot be landed: they have no id, an id that others have too, or the "
                    + "database refuses them.",
            action = "See the reasons with `quarantine list`; the quarantine holds each of them whole, and all others "
                    + "are landed.")
    record ShareRowsSetAside(long company, String stream, String partition, long rows, String remedy)
            implements ShareEvent {}

    @Declared(
            level = Level.WARN,
            means = "Behind a history the rows of a table, landed or set aside, are not as many as the data sharing "
                    + "counts.",
            action = "Nothing at once: the sweeps read it again; `audit --kind share` names the months that differ.")
    record ShareCountDiffers(long company, String stream, long there, long here, String remedy) implements ShareEvent {}

    @Declared(level = Level.INFO, means = "The data sharing holds no row of the company whose id could be compared.")
    record ShareIdsNotCompared(long company, String stream) implements ShareEvent {}

    @Declared(level = Level.INFO, means = "A sample of rows was compared between the data sharing and the API.")
    record ShareIdsCompared(long company, String stream, String verdict, long sampled, long found, long agreeing)
            implements ShareEvent {}

    @Declared(
            level = Level.WARN,
            means = "Ids mean other records in the API than in the data sharing, so the share's rows "
                    + "stand in a table of their own.")
    record ShareKeptApart(long company, String stream, String table) implements ShareEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The login of the data sharing does not see a company any more; no row was deleted.",
            action = "Restore the rights of the Pennylane user behind the login.")
    record ShareCompanyLost(long company, String remedy) implements ShareEvent {}
}

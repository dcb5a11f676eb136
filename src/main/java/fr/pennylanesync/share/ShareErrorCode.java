package fr.pennylanesync.share;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of readings of the data sharing that failed. */
public enum ShareErrorCode implements ErrorCode {
    SHARE_UNREACHABLE(passing(THEIRS, STREAM,
            "the data sharing gives no connection",
            "check share.jdbc-url, and that this machine may connect to it; it is tried again")),
    SHARE_LOGIN_REFUSED(lasting(CONFIGURATION, STREAM,
            "the data sharing refuses the login",
            "check share.username and share.password; a password that was reset in Pennylane ends the old one")),
    SHARE_BUSY(passing(OURS, STREAM,
            "every connection to the share is in use",
            "raise share.connections, or wait")),
    SHARE_CUT(passing(THEIRS, STREAM,
            "the connection to the share broke",
            "the open partition is read again by itself")),
    SHARE_TIMEOUT(passing(THEIRS, STREAM,
            "the share ended a statement for the time it took or waited",
            "a partition of several months is read in two halves by itself; anything else is tried again")),
    SHARE_SERIALIZATION(passing(THEIRS, STREAM,
            "the share could not give one consistent view of a table that was written meanwhile",
            "it is read again by itself")),
    SHARE_TABLE_MISSING(lasting(CONFIGURATION, STREAM,
            "the login sees no such table",
            "check its rights, or remove `share:` from the stream file")),
    SHARE_TABLE_CHANGED(passing(THEIRS, STREAM,
            "Pennylane rebuilt the table while it was read",
            "it is read again by itself")),
    SHARE_COLUMN_MISSING(lasting(CONFIGURATION, STREAM,
            "Pennylane removed or renamed the column",
            "correct `share-columns` in the stream file")),
    SHARE_COLUMN_RETYPED(lasting(CONFIGURATION, STREAM,
            "Pennylane changed the column's type",
            "correct `share-columns` in the stream file")),
    SHARE_COMPANY_LOST(lasting(CONFIGURATION, STREAM,
            "the login saw this company before and does not now",
            "restore the rights of its Pennylane user; nothing was deleted")),
    SHARE_ROW_MISROUTED(lasting(THEIRS, STREAM,
            "a row of another company came in answer",
            "tell Pennylane; nothing of the partition was landed")),
    SHARE_ROW_WITHOUT_KEY(lasting(THEIRS, STREAM,
            "more rows of one partition than can be set aside one by one have no id, or share one with others",
            "tell Pennylane: it is the table that is at fault")),
    SHARE_DIGEST_DIFFERS(passing(THEIRS, STREAM,
            "what was landed is not what the share says it holds",
            "the partition is read again, then set aside")),
    SHARE_ID_IN_TWO_PARTITIONS(passing(THEIRS, STREAM,
            "two partitions that were read at the same time have a row of one id",
            "the partition is read again by itself; if it stays so, both rows are set aside")),
    SHARE_COUNT_DIFFERS(passing(THEIRS, STREAM,
            "the rows that were landed or set aside are not as many as the share counts",
            "audit --kind share names the months; the sweeps read them again")),
    SHARE_QUERY_FAILED(lasting(OURS, STREAM,
            "the share refused the statement",
            "see its SQLSTATE"));

    private final ErrorDescription description;

    ShareErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "share";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

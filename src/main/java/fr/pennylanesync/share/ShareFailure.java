package fr.pennylanesync.share;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;

/** The data sharing could not be read as expected. The message names tables and columns, never a value. */
public final class ShareFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What happened, whether the same read may succeed later, and what to do. */
    public enum Code {
        SHARE_UNREACHABLE(true, "check share.jdbc-url, and that this machine may connect to it; it is tried again"),
        SHARE_LOGIN_REFUSED(false, "check share.username and share.password: a password that was reset in Pennylane ends the old one"),
        SHARE_BUSY(true, "every connection to the share is in use: raise share.connections, or wait"),
        SHARE_CUT(true, "the connection broke; the open partition is read again"),
        SHARE_TABLE_MISSING(false, "the login sees no such table: check its rights, or remove `share:` from the stream file"),
        SHARE_TABLE_CHANGED(true, "Pennylane rebuilt the table while it was read; it is read again"),
        SHARE_COLUMN_MISSING(false, "Pennylane removed or renamed the column: correct `share-columns` in the stream file"),
        SHARE_COLUMN_RETYPED(false, "Pennylane changed the column's type: correct `share-columns` in the stream file"),
        SHARE_COMPANY_LOST(false, "the login saw this company before: restore the rights of its Pennylane user; nothing was deleted"),
        SHARE_ROW_MISROUTED(false, "a row of another company came in answer: nothing of it was landed; tell Pennylane"),
        SHARE_ROW_WITHOUT_KEY(false, "a row has no id: nothing of its partition was landed; tell Pennylane"),
        SHARE_DIGEST_DIFFERS(true, "what was landed is not what the share says it holds; the partition is read again, then set aside"),
        SHARE_QUERY_FAILED(false, "the share refused the statement; see its SQLSTATE");

        private final boolean retryable;
        private final String remedy;

        Code(boolean retryable, String remedy) {
            this.retryable = retryable;
            this.remedy = remedy;
        }

        public boolean retryable() {
            return retryable;
        }

        public String remedy() {
            return remedy;
        }
    }

    private static final Set<String> TABLE_MISSING = Set.of("42P01", "3F000", "42501");
    private static final Set<String> CUT = Set.of("57P01", "57P02", "57P03", "57014", "25P03");
    /** What a table that is dropped and made anew under a reader looks like. */
    private static final Set<String> CHANGED = Set.of("XX000", "40001", "0A000", "55000");

    private final Code code;
    private final boolean retryable;

    public ShareFailure(Code code, String what) {
        this(code, what, null);
    }

    private ShareFailure(Code code, String what, Throwable cause) {
        super(code + ": " + what + " -> " + code.remedy, cause);
        this.code = code;
        this.retryable = code.retryable;
    }

    private ShareFailure(ShareFailure known) {
        super(known.getMessage(), known);
        this.code = known.code;
        this.retryable = false;
    }

    /** The same, for who asks too soon after: not worth another try now. */
    public ShareFailure forNow() {
        return new ShareFailure(this);
    }

    /** @param what the table, or what was attempted */
    public static ShareFailure of(SQLException refused, String what) {
        String state = String.valueOf(refused.getSQLState());
        return new ShareFailure(code(refused, state), what + ", SQLSTATE " + state, refused);
    }

    /** The failure behind whatever a foreign layer threw while rows were read. */
    static ShareFailure within(RuntimeException thrown, String what) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShareFailure failure) {
                return failure;
            }
            if (cause instanceof SQLException refused) {
                return of(refused, what);
            }
        }
        throw thrown;
    }

    private static Code code(SQLException refused, String state) {
        if (state.startsWith("28")) {
            return Code.SHARE_LOGIN_REFUSED;
        }
        if (state.startsWith("08") || CUT.contains(state) || refused instanceof SQLTimeoutException || refused.getSQLState() == null) {
            return Code.SHARE_CUT;
        }
        if (TABLE_MISSING.contains(state)) {
            return Code.SHARE_TABLE_MISSING;
        }
        if (state.equals("42703")) {
            return Code.SHARE_COLUMN_MISSING;
        }
        return CHANGED.contains(state) ? Code.SHARE_TABLE_CHANGED : Code.SHARE_QUERY_FAILED;
    }

    public Code code() {
        return code;
    }

    /** For the routes: whether the same read may succeed. */
    public boolean isRetryable() {
        return retryable;
    }
}

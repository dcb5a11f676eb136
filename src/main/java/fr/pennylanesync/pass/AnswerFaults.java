package fr.pennylanesync.pass;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.util.Set;

/** Tells which failures may be the fault of single items. */
public final class AnswerFaults {

    /** So many items of a batch may be set aside because their answers fail. */
    static final int PER_BATCH_MAX = 10;
    /** So many of a pass; what is left waits for the next sync. */
    public static final int PER_PASS_MAX = 20;

    /** One record of many can make the server fail, fall silent, or write what nobody can read. */
    private static final Set<ErrorCode> OF_ANSWERS = Set.of(ApiErrorCode.SERVER_ERROR, ApiErrorCode.RESPONSE_TIMEOUT,
            ApiErrorCode.TIME_EXCEEDED, ApiErrorCode.CONNECTION_RESET, ApiErrorCode.BODY_CUT_SHORT,
            ApiErrorCode.BODY_TOO_LARGE, ApiErrorCode.HEADERS_TOO_LARGE, ApiErrorCode.MEMORY_EXCEEDED,
            ApiErrorCode.NOT_JSON, ApiErrorCode.JSON_LIMIT_EXCEEDED, ApiErrorCode.NOT_AN_ENVELOPE,
            ApiErrorCode.UNEXPECTED_STATUS);

    /** One item of a page can contradict the request, while the others do not. */
    private static final Set<ErrorCode> OF_ROWS = Set.of(ApiErrorCode.NULL_ITEM, ApiErrorCode.ITEM_WITHOUT_ID,
            ApiErrorCode.DUPLICATE_ID, ApiErrorCode.NOT_ASCENDING, ApiErrorCode.ROW_OUTSIDE_FILTER,
            ApiErrorCode.NOT_AN_ENVELOPE);

    /** These say that a list is wrong as a whole, or the question that it answers. */
    private static final Set<ErrorCode> OF_LISTS = Set.of(ApiErrorCode.TOO_MANY_ITEMS,
            ApiErrorCode.HAS_MORE_WITHOUT_CURSOR, ApiErrorCode.CURSOR_REPEATED, ApiErrorCode.CURSOR_REFUSED,
            ApiErrorCode.NO_PROGRESS, ApiErrorCode.SHORT_PAGE, ApiErrorCode.TOO_MANY_PAGES, ApiErrorCode.CONFLICT,
            ApiErrorCode.METHOD_NOT_ALLOWED);

    private AnswerFaults() {}

    /** Tells whether one record of those that were asked for may keep the server from answering. */
    public static boolean isOfAnswer(SyncException failure) {
        return OF_ANSWERS.contains(failure.code());
    }

    /** Tells whether an answer came, or stayed away, and is none that can be used: whoever can do without does. */
    static boolean isOfContent(SyncException failure) {
        return isOfAnswer(failure) || isOfRow(failure) || OF_LISTS.contains(failure.code());
    }

    /** Tells whether one item of the page contradicts the request. */
    public static boolean isOfRow(SyncException failure) {
        return OF_ROWS.contains(failure.code());
    }
}

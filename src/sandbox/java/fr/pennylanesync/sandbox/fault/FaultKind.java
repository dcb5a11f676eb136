package fr.pennylanesync.sandbox.fault;

/** What can go wrong, on demand. The name in a faults file is the constant's name in lower case. */
public enum FaultKind {

    /** One more 429, although the budget is not used up. */
    TOO_MANY_REQUESTS(Stage.BEFORE),
    /** 500 without a body. */
    INTERNAL_ERROR(Stage.BEFORE),
    /** 502 with the HTML page of a proxy. */
    BAD_GATEWAY(Stage.BEFORE),
    /** 503 with the guide's JSON. */
    UNAVAILABLE(Stage.BEFORE),
    /** 504 with the HTML page of a proxy. */
    GATEWAY_TIMEOUT(Stage.BEFORE),
    /** The connection closes without an answer. */
    RESET(Stage.BEFORE),
    /** 400 on a cursor that was good: cursors are short-lived. */
    EXPIRED_CURSOR(Stage.BEFORE),

    /** The items of the previous page again, while the cursor moves on. */
    REPEATED_PAGE(Stage.PAGE),
    /**
     * The page loses its tail; {@code has_more} says true and the cursor stands where the full page would have ended.
     */
    SHORTENED_PAGE(Stage.PAGE),
    /** {@code next_cursor} equals the cursor just used. */
    CURSOR_LOOP(Stage.PAGE),
    /** One of the items is null. */
    NULL_ITEM(Stage.PAGE),
    /** The first and last items have changed places. */
    UNSORTED_PAGE(Stage.PAGE),
    /** The last item does not satisfy the filter that was sent. */
    OUTSIDE_FILTER(Stage.PAGE),

    /** An answer that is in order, and empty although the list is not. */
    EMPTY_LIST(Stage.LIE),
    /** An answer that is in order and says that nothing follows, although the list goes on behind its first half. */
    CUT_LIST(Stage.LIE),
    /** The middle item of the page is left out; of one that is asked for by its id nothing is left. */
    MISSING_ITEM(Stage.LIE),
    /** An amount of the middle item is a cent more. */
    ALTERED_AMOUNT(Stage.LIE),
    /** A list that is filtered by categories leaves out, each time, the records whose id is divisible by three. */
    BLIND_FILTER(Stage.LIE),
    /**
     * What comes along with the records of a list by {@code include} lacks the last item of each, and says it is all.
     */
    CUT_INCLUDE(Stage.LIE),
    /** The items that another company got last for the same path. */
    FOREIGN_PAGE(Stage.LIE),

    /** {@code Content-Length} is larger than what is sent, then the connection closes. */
    TRUNCATED_BODY(Stage.BODY),
    /** 200 with an error document inside. */
    ERROR_IN_200(Stage.BODY),
    /** 200 with an HTML page. */
    HTML_IN_200(Stage.BODY),
    /** The body comes a few bytes at a time. */
    DRIP(Stage.BODY),

    /** The data sharing closes a connection in the middle of an answer; each 64 KiB of answers counts as a request. */
    SHARE_CUT(Stage.SHARE),
    /** The data sharing rebuilds its schema etl; each copy counts as a request. */
    SHARE_REBUILD(Stage.SHARE),
    /** The data sharing shows a company no more, until a copy that this does not strike. */
    SHARE_COMPANY_HIDDEN(Stage.SHARE),

    /** 403 on a file's URL that was good: as if it had been issued long ago. */
    EXPIRED_FILE_URL(Stage.FILE),
    /** A file's URL leads to an address of a private network. */
    PRIVATE_REDIRECT(Stage.FILE),
    /** One byte of a file is not what it was; its declared length and digest are. */
    FLIPPED_BYTE(Stage.FILE),
    /** A file announces 10 GB, and does not end. */
    ENDLESS_FILE(Stage.FILE),
    /** A file comes compressed although nobody asked for it: 100 kB that unfold to 100 MB. */
    COMPRESSION_BOMB(Stage.FILE);

    /**
     * When a fault strikes: before the answer is made, on the page of a list, so that no reader can tell from the page
     * that it is wrong, on the bytes sent, on a file, or in the data sharing.
     */
    public enum Stage { BEFORE, PAGE, LIE, BODY, FILE, SHARE }

    private final Stage stage;

    FaultKind(Stage stage) {
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }
}

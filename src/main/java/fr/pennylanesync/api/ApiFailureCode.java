package fr.pennylanesync.api;

import static fr.pennylanesync.api.FailureKind.OURS;
import static fr.pennylanesync.api.FailureKind.THEIRS;
import static fr.pennylanesync.api.FailureKind.TRANSIENT;

/**
 * Every way in which a call to Pennylane can fail. The codes are stable: dashboards and quarantine rows name them.
 *
 * <p>{@code retryable} means that the very same request may be sent again; the caller still bounds how often.
 */
public enum ApiFailureCode {
    // Answers with a documented error status.
    BAD_REQUEST(OURS, false, "correct the limit, filter or sort that this stream sends"),
    CURSOR_REFUSED(TRANSIENT, false, "cursors are short-lived: start the pass again from its stored position"),
    TOKEN_REFUSED(OURS, false, "the token is wrong, expired or revoked, or is not a company token; create a new company "
            + "token in Pennylane (Settings, Connectivity, Developers) and put it in the token file"),
    SCOPE_MISSING(OURS, false, "create a token with this scope, or disable the stream"),
    FORBIDDEN(OURS, false, "the company's plan or the token's owner does not allow this: ask the company's administrator"),
    NOT_FOUND(OURS, false, "the record is gone, or the company does not have this feature"),
    METHOD_NOT_ALLOWED(OURS, false, "correct the method or path that the route sends"),
    CONFLICT(OURS, false, "the record is in a state that forbids this: read it again later"),
    UNPROCESSABLE(OURS, false, "correct the parameters that this stream sends"),
    CHANGELOG_TOO_OLD(OURS, false, "Pennylane keeps changes for 4 weeks: read the whole stream again"),
    RATE_LIMITED(TRANSIENT, true, "wait as long as the server says; if it repeats, somebody else uses this token"),
    SERVER_ERROR(TRANSIENT, true, "wait and repeat; if it lasts, see Pennylane's status page"),
    UNEXPECTED_STATUS(THEIRS, false, "this status is not documented: check pennylane.base-url and any proxy in between"),

    // No whole answer arrived.
    HOST_UNKNOWN(TRANSIENT, true, "check pennylane.base-url and name resolution"),
    CONNECTION_REFUSED(TRANSIENT, true, "check pennylane.base-url, the network and any firewall"),
    CONNECTION_RESET(TRANSIENT, true, "wait and repeat"),
    CONNECT_TIMEOUT(TRANSIENT, true, "check the network; then wait and repeat"),
    RESPONSE_TIMEOUT(TRANSIENT, true, "wait and repeat; a lower page limit makes each answer quicker"),
    BODY_CUT_SHORT(TRANSIENT, true, "wait and repeat"),
    TLS_FAILED(OURS, false, "the server's certificate was not accepted: check any proxy and the trust store"),
    IO_FAILED(TRANSIENT, true, "wait and repeat"),
    TIME_EXCEEDED(TRANSIENT, true, "the answer took longer than the total limit: wait and repeat"),
    BODY_TOO_LARGE(THEIRS, false, "lower the page limit of this stream, or raise the body limit"),
    POOL_EXHAUSTED(OURS, true, "more requests in parallel than connections: raise the pool or lower the parallelism"),
    BUDGET_WAIT_EXCEEDED(TRANSIENT, true, "the company's request budget is full: this work comes later"),
    INTERRUPTED(TRANSIENT, true, "the runtime is stopping: the work continues after the next start"),

    // An answer that is not what the documentation promises.
    NOT_JSON(THEIRS, true, "read again; if it repeats, check any proxy in between"),
    JSON_LIMIT_EXCEEDED(THEIRS, false, "a text, number or nesting in the answer is beyond any documented size"),
    NOT_AN_ENVELOPE(THEIRS, true, "read again; if it repeats, compare the answer with the documentation"),
    TOO_MANY_ITEMS(THEIRS, true, "the page holds more items than were asked for: read again"),
    HAS_MORE_WITHOUT_CURSOR(THEIRS, true, "read again from the stored position"),
    CURSOR_REPEATED(THEIRS, true, "read again from the stored position"),
    NOT_ASCENDING(THEIRS, true, "read again; the rows did not come in the order that was asked for"),
    ROW_OUTSIDE_FILTER(THEIRS, true, "read again; a row does not satisfy the filter that was sent"),
    NULL_ITEM(THEIRS, true, "read again"),
    ITEM_WITHOUT_ID(THEIRS, true, "read again"),
    DUPLICATE_ID(THEIRS, true, "read again"),
    NO_PROGRESS(THEIRS, true, "read again from the stored position"),
    SHORT_PAGE(THEIRS, true, "two readings of a page that is too short differ: read again"),
    TOO_MANY_PAGES(THEIRS, false, "the pass has more pages than its limit: read it in smaller slices"),

    // Requests that the transport refuses to send.
    COMPANY_MISSING(OURS, false, "the route must set the header X-Sync-Company to one company id"),
    COMPANY_NOT_ACTIVE(OURS, false, "this company is paused, refused or unknown: see the companies command"),
    COMPANY_BUSY(TRANSIENT, false, "another process syncs this company: its next sync comes by itself, or try again when that one has ended"),
    COMPANY_LEASE_LOST(TRANSIENT, true, "the connection that reserves this company is broken: check the warehouse; the work continues "
            + "once it is back, here or on another node"),
    AUTHORIZATION_PRESENT(OURS, false, "remove the Authorization header: the runtime adds the company's token itself"),
    OUTSIDE_BASE_URL(OURS, false, "tokens go to pennylane.base-url only: correct the address in the route"),
    WRITE_REFUSED(OURS, false, "this runtime only reads: GET anywhere, POST below /exports"),
    PRIORITY_UNKNOWN(OURS, false, "X-Sync-Priority is one of CHANGES, FILES, WALK, AUDITS, ENRICHMENT"),

    // What a token turned out to be.
    WRONG_COMPANY(OURS, false, "the token belongs to another company than this file's: put the right token in place"),
    COMPANY_HELD_BY_OTHER_ALIAS(OURS, false, "another token file already holds this company: keep one of the two"),
    NO_COMPANY(OURS, false, "this token names no company at /me: check pennylane.base-url; a Firm API token is never used, "
            + "create one company token per company"),
    SEVERAL_COMPANIES(OURS, false, "a Firm API token, or one that sees several companies, is never used: create one "
            + "company token per company"),
    SCOPES_REDUCED(OURS, false, "the new token lacks scopes that are in use: create it with the same scopes");

    private final FailureKind kind;
    private final boolean retryable;
    private final String remedy;

    ApiFailureCode(FailureKind kind, boolean retryable, String remedy) {
        this.kind = kind;
        this.retryable = retryable;
        this.remedy = remedy;
    }

    public FailureKind kind() {
        return kind;
    }

    public boolean retryable() {
        return retryable;
    }

    /** What a person can do about it, in one sentence. */
    public String remedy() {
        return remedy;
    }
}

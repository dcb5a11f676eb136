package fr.pennylanesync.api.error;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.COMPANY;
import static fr.pennylanesync.failure.Scope.ITEM;
import static fr.pennylanesync.failure.Scope.PROCESS;
import static fr.pennylanesync.failure.Scope.STREAM;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;
import fr.pennylanesync.failure.Fault;
import fr.pennylanesync.failure.Scope;

/** The codes of calls to Pennylane that failed. */
public enum ApiErrorCode implements ErrorCode {
    // An answer came with an error status.
    BAD_REQUEST(lasting(OURS, STREAM,
            "Pennylane does not accept the request",
            "correct the limit, filter or sort that this stream sends")),
    CURSOR_REFUSED(lasting(THEIRS, STREAM,
            "Pennylane does not accept its own cursor any more",
            "cursors are short-lived: start the pass again from its stored position")),
    TOKEN_REFUSED(lasting(CONFIGURATION, COMPANY,
            "Pennylane does not accept the token",
            "the token is wrong, expired or revoked, or is not a company token; create a new company token in "
                    + "Pennylane (Settings, Connectivity, Developers) and put it in the token file")),
    SCOPE_MISSING(lasting(CONFIGURATION, STREAM,
            "the token lacks a scope",
            "create a token with this scope, or disable the stream")),
    FORBIDDEN(lasting(CONFIGURATION, STREAM,
            "Pennylane does not hand this out",
            "the company's plan or the token's owner does not allow this: ask the company's administrator")),
    NOT_FOUND(lasting(Fault.ITEM, Scope.ITEM,
            "Pennylane knows nothing under this path",
            "the record is gone, or the company does not have this feature")),
    METHOD_NOT_ALLOWED(lasting(OURS, STREAM,
            "Pennylane does not accept the method",
            "correct the method or path that the route sends")),
    CONFLICT(lasting(Fault.ITEM, Scope.ITEM,
            "the state of the record forbids the request",
            "the record is in a state that forbids this: read it again later")),
    UNPROCESSABLE(lasting(OURS, STREAM,
            "Pennylane does not accept the parameters",
            "correct the parameters that this stream sends")),
    CHANGELOG_TOO_OLD(lasting(OURS, STREAM,
            "the changes since the last look are forgotten",
            "Pennylane keeps changes for 4 weeks: read the whole stream again")),
    RATE_LIMITED(passing(THEIRS, STREAM,
            "Pennylane limits the requests of this token",
            "wait as long as the server says; if it repeats, somebody else uses this token")),
    SERVER_ERROR(passing(THEIRS, STREAM,
            "Pennylane failed",
            "wait and repeat; if it lasts, see Pennylane's status page")),
    UNEXPECTED_STATUS(lasting(THEIRS, STREAM,
            "an answer has a status that is not documented",
            "check pennylane.base-url and any proxy in between")),

    // No whole answer arrived.
    HOST_UNKNOWN(passing(THEIRS, STREAM,
            "the host has no address",
            "check pennylane.base-url and name resolution")),
    CONNECTION_REFUSED(passing(THEIRS, STREAM,
            "nothing listens at the address, or no way leads there",
            "check pennylane.base-url, the network and any firewall")),
    CONNECTION_RESET(passing(THEIRS, STREAM,
            "the connection broke before an answer came",
            "wait and repeat")),
    CONNECT_TIMEOUT(passing(THEIRS, STREAM,
            "no connection came about in time",
            "check the network; then wait and repeat")),
    RESPONSE_TIMEOUT(passing(THEIRS, STREAM,
            "the answer stayed away for too long",
            "wait and repeat; a lower page limit makes each answer quicker")),
    BODY_CUT_SHORT(passing(THEIRS, STREAM,
            "the answer ended before its end",
            "wait and repeat")),
    TLS_FAILED(lasting(CONFIGURATION, STREAM,
            "no trusted connection came about",
            "the server's certificate was not accepted: check any proxy and the trust store")),
    IO_FAILED(passing(THEIRS, STREAM,
            "the exchange with the server failed",
            "wait and repeat")),
    TIME_EXCEEDED(passing(THEIRS, STREAM,
            "the answer took longer than the total limit",
            "wait and repeat")),
    BODY_TOO_LARGE(lasting(THEIRS, STREAM,
            "the answer is larger than the limit",
            "lower the page limit of this stream, or raise the body limit")),
    HEADERS_TOO_LARGE(passing(THEIRS, STREAM,
            "the answer has more or longer header lines than any server sends",
            "read again; if it repeats, check pennylane.base-url and any proxy in between")),
    MEMORY_EXCEEDED(lasting(THEIRS, STREAM,
            "the answer would take more than a quarter of the heap when it is parsed",
            "lower the page limit of this stream, or raise -Xmx to what the message says")),
    MEMORY_BUSY(passing(OURS, STREAM,
            "other large answers take the memory that there is for parsing",
            "this work comes later by itself; if it lasts, raise -Xmx")),
    POOL_EXHAUSTED(passing(OURS, STREAM,
            "no connection of the pool became free",
            "more requests in parallel than connections: raise the pool or lower the parallelism")),
    BUDGET_WAIT_EXCEEDED(passing(OURS, STREAM,
            "the company's request budget is full",
            "this work comes later by itself")),
    INTERRUPTED(passing(OURS, PROCESS,
            "the runtime is stopping",
            "the work continues after the next start")),

    // An answer is not what the documentation promises.
    NOT_JSON(passing(THEIRS, STREAM,
            "the answer is no JSON",
            "read again; if it repeats, check any proxy in between")),
    JSON_LIMIT_EXCEEDED(lasting(THEIRS, STREAM,
            "a text, number or nesting in the answer is beyond any documented size",
            "ask Pennylane about this list; nothing of the page was landed")),
    NOT_AN_ENVELOPE(passing(THEIRS, STREAM,
            "the answer has another shape than documented",
            "read again; if it repeats, compare the answer with the documentation")),
    TOO_MANY_ITEMS(passing(THEIRS, STREAM,
            "the page holds more items than were asked for",
            "read again")),
    HAS_MORE_WITHOUT_CURSOR(passing(THEIRS, STREAM,
            "the page says that more follows and not where",
            "read again from the stored position")),
    CURSOR_REPEATED(passing(THEIRS, STREAM,
            "a cursor leads back to a page that was read",
            "read again from the stored position")),
    NOT_ASCENDING(passing(THEIRS, STREAM,
            "the rows did not come in the order that was asked for",
            "read again")),
    ROW_OUTSIDE_FILTER(passing(THEIRS, STREAM,
            "a row does not satisfy the filter that was sent",
            "read again")),
    NULL_ITEM(passing(THEIRS, STREAM,
            "an item of the page is null",
            "read again")),
    ITEM_WITHOUT_ID(passing(THEIRS, STREAM,
            "an item of the page has no id",
            "read again")),
    DUPLICATE_ID(passing(THEIRS, STREAM,
            "two items of the page have one id",
            "read again")),
    NO_PROGRESS(passing(THEIRS, STREAM,
            "the page brings nothing that was not read",
            "read again from the stored position")),
    SHORT_PAGE(passing(THEIRS, STREAM,
            "two readings of a page that is too short differ",
            "read again")),
    TOO_MANY_PAGES(lasting(THEIRS, STREAM,
            "the pass has more pages than its limit",
            "read it in smaller slices")),

    EXPORT_FAILED(passing(THEIRS, ITEM,
            "Pennylane did not make the export",
            "ask for it again; if it stays, try the export of the same period in Pennylane")),

    // The transport refuses to send the request.
    COMPANY_MISSING(lasting(OURS, STREAM,
            "the request names no company",
            "the route must set the header X-Sync-Company to one company id")),
    AUTHORIZATION_PRESENT(lasting(OURS, STREAM,
            "the request carries an Authorization header",
            "remove the Authorization header: the runtime adds the company's token itself")),
    OUTSIDE_BASE_URL(lasting(OURS, STREAM,
            "the request goes to another address than Pennylane's",
            "tokens go to pennylane.base-url only: correct the address in the route")),
    WRITE_REFUSED(lasting(OURS, STREAM,
            "the request would write",
            "this runtime only reads: GET anywhere, POST below /exports")),
    PRIORITY_UNKNOWN(lasting(OURS, STREAM,
            "the request has a priority that there is not",
            "X-Sync-Priority is one of CHANGES, WALK, FILES, ENRICHMENT, BACKLOG"));

    private final ErrorDescription description;

    ApiErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "api";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

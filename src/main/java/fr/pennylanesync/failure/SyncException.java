package fr.pennylanesync.failure;

import static java.util.Objects.requireNonNull;

import java.io.Serial;

/**
 * The one exception of this program: a code, and a detail such as a path, a table or a number. The detail never holds
 * data of a company or a secret, so the message may be logged and shown as it is.
 *
 * <p>Routes read {@code retryable}, {@code scope}, {@code source} and {@code code} from it, as in
 * {@code ${exception.retryable}}.
 */
public class SyncException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient ErrorCode code;
    private final String detail;
    private final boolean retryable;

    /** For a code that says everything. */
    public SyncException(ErrorCode code) {
        this(code, "");
    }

    public SyncException(ErrorCode code, String detail) {
        this(code, detail, null);
    }

    /** @param detail may be empty, where the code says everything */
    public SyncException(ErrorCode code, String detail, Throwable cause) {
        this(code, detail, code.retryable(), cause);
    }

    private SyncException(ErrorCode code, String detail, boolean retryable, Throwable cause) {
        super(message(code, detail), cause);
        this.code = requireNonNull(code, "code");
        this.detail = requireNonNull(detail, "detail");
        this.retryable = retryable;
    }

    /** The same failure for somebody for whom another try right now is not worth it, or cannot help. */
    public SyncException withoutRetry() {
        return new SyncException(code, detail, false, this);
    }

    public ErrorCode code() {
        return code;
    }

    public boolean is(ErrorCode other) {
        return code == other;
    }

    public String detail() {
        return detail;
    }

    public boolean retryable() {
        return retryable;
    }

    public Scope scope() {
        return code.scope();
    }

    public String source() {
        return code.source();
    }

    public String remedy() {
        return code.remedy();
    }

    private static String message(ErrorCode code, String detail) {
        return code.name() + ": " + code.meaning() + (detail.isEmpty() ? "" : ": " + detail) + " -> " + code.remedy();
    }
}

package fr.pennylanesync.api;

import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The one exception of this package. Its message holds the code, the path, numbers and the remedy, never a word of what
 * the server sent, and it carries no foreign cause: the texts of parsers and sockets may quote records.
 */
public final class ApiFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final ApiFailureCode code;
    private final transient FailureFacts facts;

    public ApiFailure(ApiFailureCode code, FailureFacts facts) {
        super(code + " at " + facts.describe() + ": " + code.remedy());
        this.code = Objects.requireNonNull(code);
        this.facts = facts;
    }

    public static ApiFailure of(ApiFailureCode code, String path) {
        return new ApiFailure(code, FailureFacts.at(path));
    }

    public ApiFailureCode code() {
        return code;
    }

    public FailureKind kind() {
        return code.kind();
    }

    public boolean retryable() {
        return code.retryable();
    }

    public FailureFacts facts() {
        return facts;
    }

    /** How long to wait before the same request, when the server said so. */
    public Optional<Duration> retryAfter() {
        return facts.retryAfter();
    }

    /** The scope that a 403 named, such as {@code transactions:readonly}. */
    public Optional<String> missingScope() {
        return facts.missingScope();
    }
}

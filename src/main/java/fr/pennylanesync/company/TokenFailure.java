package fr.pennylanesync.company;

import java.io.Serial;

/** A token that cannot be put in place, or an alias that cannot be one. Holds the fault and its remedy, no content. */
public final class TokenFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final TokenFault fault;

    TokenFailure(TokenFault fault) {
        super(fault + ": " + fault.remedy());
        this.fault = fault;
    }

    public TokenFault fault() {
        return fault;
    }
}

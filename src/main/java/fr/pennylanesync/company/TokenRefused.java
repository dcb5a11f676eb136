package fr.pennylanesync.company;

import java.io.Serial;

/** Carries a fault out of the reading of one file; it becomes a {@link TokenFile.Faulty}. */
final class TokenRefused extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final TokenFault fault;

    TokenRefused(TokenFault fault) {
        super(fault + ": " + fault.remedy());
        this.fault = fault;
    }

    TokenFault fault() {
        return fault;
    }
}

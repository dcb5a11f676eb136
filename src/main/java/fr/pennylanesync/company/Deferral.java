package fr.pennylanesync.company;

import fr.pennylanesync.failure.ErrorCode;

/**
 * A token that could not be asked about; it is asked about again.
 *
 * @param code why
 */
public record Deferral(String alias, ErrorCode code) {

    /** Returns why, in words. */
    public String reason() {
        return code.name() + ", " + code.explanation();
    }
}

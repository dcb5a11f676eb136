package fr.pennylanesync.token;

import java.util.Optional;

/**
 * A company that was identified at least once.
 *
 * @param id Pennylane's id of it
 * @param alias the operator's name of it
 * @param pause why it is paused, if it is
 * @param refusal why its token is not used: the name of an ErrorCode or of a {@link TokenErrorCode}
 */
public record Company(
        long id, String alias, CompanyState state, Scopes scopes, Optional<CompanyPause> pause,
        Optional<String> refusal) {

    /** Names who paused a company. */
    public enum CompanyPause {
        OPERATOR,
        TOKEN_REMOVED
    }

    public boolean active() {
        return state == CompanyState.ACTIVE;
    }
}

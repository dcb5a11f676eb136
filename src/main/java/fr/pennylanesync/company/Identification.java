package fr.pennylanesync.company;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.token.Scopes;
import java.util.Optional;

/** Says what {@code /me} said about a token. */
public sealed interface Identification {

    /** Returns why nothing is known; empty when the company is. */
    Optional<ErrorCode> problem();

    /**
     * The token belongs to exactly this company.
     *
     * @param registrationNumber empty when the company has none
     */
    record Known(long companyId, String name, String registrationNumber, Scopes scopes) implements Identification {

        @Override
        public Optional<ErrorCode> problem() {
            return Optional.empty();
        }

        /** Without the name. */
        @Override
        public String toString() {
            return "Known[companyId=" + companyId + "]";
        }
    }

    /** The token must not be used. */
    record TokenNotAccepted(ErrorCode code) implements Identification {

        @Override
        public Optional<ErrorCode> problem() {
            return Optional.of(code);
        }
    }

    /** Nobody knows yet: ask again later. */
    record Deferred(ErrorCode code) implements Identification {

        @Override
        public Optional<ErrorCode> problem() {
            return Optional.of(code);
        }
    }
}

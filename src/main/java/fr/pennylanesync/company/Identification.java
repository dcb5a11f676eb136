package fr.pennylanesync.company;

import fr.pennylanesync.api.ApiFailureCode;
import java.util.Optional;

/** What {@code /me} said about a token. */
public sealed interface Identification {

    /** Why nothing is known; empty when the company is. */
    Optional<ApiFailureCode> problem();

    /**
     * The token belongs to exactly this company.
     *
     * @param registrationNumber empty when the company has none
     */
    record Known(long companyId, String name, String registrationNumber, Scopes scopes) implements Identification {

        @Override
        public Optional<ApiFailureCode> problem() {
            return Optional.empty();
        }

        /** Without the name. */
        @Override
        public String toString() {
            return "Known[companyId=" + companyId + "]";
        }
    }

    /** The token must not be used. */
    record Refused(ApiFailureCode code) implements Identification {

        @Override
        public Optional<ApiFailureCode> problem() {
            return Optional.of(code);
        }
    }

    /** Nobody knows yet: ask again later. */
    record Deferred(ApiFailureCode code) implements Identification {

        @Override
        public Optional<ApiFailureCode> problem() {
            return Optional.of(code);
        }
    }
}

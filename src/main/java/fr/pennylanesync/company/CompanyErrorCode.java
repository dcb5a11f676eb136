package fr.pennylanesync.company;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.COMPANY;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of companies that may not be read, and of tokens that are not theirs. */
public enum CompanyErrorCode implements ErrorCode {
    COMPANY_NOT_ACTIVE(lasting(CONFIGURATION, COMPANY,
            "this company is paused, refused or unknown",
            "see the companies command")),
    WRONG_COMPANY(lasting(CONFIGURATION, COMPANY,
            "the token belongs to another company than this file's",
            "put the right token in place")),
    COMPANY_HELD_BY_OTHER_ALIAS(lasting(CONFIGURATION, COMPANY,
            "another token file already holds this company",
            "keep one of the two")),
    NO_COMPANY(lasting(CONFIGURATION, COMPANY,
            "this token names no company at /me",
            "check pennylane.base-url; a Firm API token is never used, create one company token per company")),
    SEVERAL_COMPANIES(lasting(CONFIGURATION, COMPANY,
            "this token sees several companies",
            "a Firm API token, or one that sees several companies, is never used: create one company token per "
                    + "company")),
    SCOPES_REDUCED(lasting(CONFIGURATION, COMPANY,
            "the new token lacks scopes that are in use",
            "create it with the same scopes"));

    private final ErrorDescription description;

    CompanyErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "company";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

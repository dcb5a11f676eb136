package fr.pennylanesync.token;

/** Tells whether a company is read. */
public enum CompanyState {
    ACTIVE,
    /** Its token file was removed, or an operator paused it. */
    PAUSED,
    /** Its token must not be used. */
    REFUSED
}

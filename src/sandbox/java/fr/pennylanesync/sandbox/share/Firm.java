package fr.pennylanesync.sandbox.share;

/** The accounting firm that keeps all companies of the sandbox. */
final class Firm {

    static final long ID = 9_001;
    static final String NAME = "Cabinet Hélène & Associés";
    static final String ACCOUNTANT = "camille.roux@cabinet.example";
    static final String SUPERVISOR = "noé.lambert@cabinet.example";

    private Firm() {}
}

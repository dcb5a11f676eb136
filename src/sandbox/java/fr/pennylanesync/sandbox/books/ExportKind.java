package fr.pennylanesync.sandbox.books;

/** The exports of the API. */
public enum ExportKind {
    FEC("fecs", "exports:fec"),
    GENERAL_LEDGER("general_ledgers", "exports:gl"),
    ANALYTICAL_GENERAL_LEDGER("analytical_general_ledgers", "exports:agl");

    private final String path;
    private final String scope;

    ExportKind(String path, String scope) {
        this.path = path;
        this.scope = scope;
    }

    public String path() {
        return "/exports/" + path;
    }

    public String scope() {
        return scope;
    }
}

package fr.pennylanesync.landing.state;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names the exports of the ledger that are kept, as the setting {@code archive.exports} does. */
public enum LedgerExportKind {
    FECS("exports:fec", "fec.txt"),
    GENERAL_LEDGERS("exports:gl", "general_ledger.xlsx"),
    ANALYTICAL_GENERAL_LEDGERS("exports:agl", "analytical_general_ledger.xlsx");

    private final String scope;
    private final String fileName;

    LedgerExportKind(String scope, String fileName) {
        this.scope = scope;
        this.fileName = fileName;
    }

    /** Finds the kind that a word of the setting names. */
    public static Optional<LedgerExportKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }

    /** Returns the word of the setting, which is also the end of the path. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names of all, where those of streams stand. */
    public static List<String> streams() {
        return Arrays.stream(values()).map(LedgerExportKind::stream).toList();
    }

    /** Returns the scope that a token needs for it. */
    public String scope() {
        return scope;
    }

    /** Returns the path at which it is asked for. */
    public String path() {
        return "/exports/" + label();
    }

    /** Returns the name under which its objects are filed, where a document has its stream. */
    public String stream() {
        return "exports_" + label();
    }

    /** Returns a name that promises the type of the file. */
    public String fileName() {
        return fileName;
    }
}

package fr.pennylanesync.stream;

import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names that become SQL identifiers. */
public final class Names {

    /** Columns that every stream table has; a stream file cannot declare them. */
    public static final Set<String> OWN_COLUMNS =
            Set.of("company_id", "id", "payload", "record_hash", "source", "batch_id",
                    "first_seen_at", "changed_at", "deleted_at");

    /** PostgreSQL cuts identifiers beyond 63 bytes silently. */
    static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9_]{0,61}[a-z0-9]|[a-z]");

    private Names() {}

    public static boolean isSnakeCase(String name) {
        return SNAKE_CASE.matcher(name).matches();
    }

    /**
     * {@code customer_invoices} → {@code customer_invoice_id}; the key column of a child table that holds its parent's
     * id.
     */
    public static String parentColumn(String parent) {
        return singular(parent) + "_id";
    }

    /** {@code customer_invoices} → {@code customer_invoice}; the singular that names a parent's key column. */
    public static String singular(String plural) {
        if (plural.endsWith("ies")) {
            return plural.substring(0, plural.length() - 3) + "y";
        }
        return plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural;
    }
}

package fr.pennylanesync.stream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The facts below {@code share}, each with what an editor says of it. */
enum ShareFact {
    TABLE("The table with its schema, such as pennylane.general_ledger."),
    KEY("The columns that tell rows apart where the table has no id of its own, separated by commas."),
    PERIOD("The date column that partitions go by; without it a company is one partition."),
    UPDATED("The timestamptz column that says when the row, or the document behind it, changed last.");

    private final String description;

    ShareFact(String description) {
        this.description = description;
    }

    /** The name as stream files write it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    static Optional<ShareFact> named(String key) {
        return Arrays.stream(values()).filter(fact -> fact.key().equals(key)).findFirst();
    }

    /** All names, for people to choose from. */
    static String keys() {
        return Arrays.stream(values()).map(ShareFact::key).sorted().collect(Collectors.joining(", "));
    }
}

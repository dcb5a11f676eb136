package fr.pennylanesync.personal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Says what is done with a personal value before anything of it is stored, hashed, queued or set aside. */
public enum Treatment {
    KEEP("stays as it is"),
    MASK("is masked but for what tells two of them apart at a glance"),
    HASH("becomes an HMAC-SHA-256, which is the same for the same value"),
    OMIT("is left out");

    private final String meaning;

    Treatment(String meaning) {
        this.meaning = meaning;
    }

    /** Completes a sentence about a value. */
    public String meaning() {
        return meaning;
    }

    /** Returns the name as settings write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a name that {@link #label} gave. */
    public static Optional<Treatment> parse(String label) {
        return Arrays.stream(values()).filter(treatment -> treatment.label().equals(label)).findFirst();
    }
}

package fr.pennylanesync.logging;

import java.util.regex.Pattern;

/**
 * The kind of an event's field. A kind decides how a text is masked; amounts, labels, record bodies and names of people
 * have no kind, so no field can be declared for them.
 */
enum FieldKind {
    ID("a number that names one thing"),
    COUNT("how many"),
    DURATION("a length of time, in the unit that the name ends with"),
    FLAG("true or false"),
    DATE("a day"),
    CODE("a constant of the program or of a protocol"),
    HASH("a hash in hexadecimal, never masked"),
    NAME("a name that the program or its operator gave, never that of a person"),
    TEXT("a sentence of our own without any data");

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{16,128}");

    private final String meaning;

    FieldKind(String meaning) {
        this.meaning = meaning;
    }

    String meaning() {
        return meaning;
    }

    /**
     * Masks what a text must not hold. A hash passes whole, as long as it is one: it looks like a secret to the masker.
     */
    String mask(String text) {
        return this == HASH && HEXADECIMAL.matcher(text).matches() ? text : SensitiveText.mask(text);
    }
}

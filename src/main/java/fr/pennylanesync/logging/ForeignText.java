package fr.pennylanesync.logging;

import java.util.regex.Pattern;

/** Masks the log messages of other people's code, which quote values that they were given. */
final class ForeignText {

    private static final String MASK = "***";
    /** PSQLException: ERROR: invalid input syntax … "value": the words after the class are the exception's. */
    private static final Pattern EXCEPTION_TEXT = Pattern.compile(
            "(?s)\\b([\\w.$]*(?:Exception|Error|Throwable))\\b\\s*:.*");
    private static final Pattern QUOTED = Pattern.compile(
            "(?s)\"[^\"]*\"|'[^']*'|«[^»]*»|`[^`]*`|“[^”]*”|=\\([^)]*\\)");
    /** From an opening quote that nothing closes: the message was cut within a value. */
    private static final Pattern LEFT_OPEN = Pattern.compile("(?s)\"[^\"]*$");
    private static final Pattern DECIMAL = Pattern.compile("\\d[\\d \\u00a0\\u202f]*[.,]\\d+(?![\\w.])");

    private ForeignText() {}

    static String mask(String text) {
        String masked = EXCEPTION_TEXT.matcher(text).replaceAll("$1: " + MASK);
        masked = QUOTED.matcher(masked).replaceAll(MASK);
        masked = LEFT_OPEN.matcher(masked).replaceAll(MASK);
        masked = DECIMAL.matcher(masked).replaceAll(MASK);
        return SensitiveText.mask(masked);
    }
}

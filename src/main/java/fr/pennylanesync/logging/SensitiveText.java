package fr.pennylanesync.logging;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks in a text what must never be logged. The last line of defence: what is logged is chosen where it is logged, and
 * names, labels or amounts cannot be told from other words by looking at them.
 */
public final class SensitiveText {

    private static final String MASK = "***";
    /** Longer texts are cut: no event needs more, and the patterns below stay quick. */
    private static final int LENGTH_MAX = 20_000;

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{4,}");
    private static final Pattern NAMED_SECRET = Pattern.compile(
            "(?i)\\b([\\w.-]*(?:authorization|token|password|passwd|secret|api[_-]?key|access[_-]?key|signature))"
                    + "(\"?'?\\s*[:=]\\s*\"?'?)(?!\\*\\*\\*|(?:bearer|basic) \\*\\*\\*)[^\\s\"',;}&]+");
    private static final Pattern LOGIN_IN_URL = Pattern.compile("://[^/\\s:@]{1,256}:[^/\\s@]{1,256}@");
    private static final Pattern HTTP_URL = Pattern.compile(
            "(?i)\\b(https?://[^\\s/?#\"'<>]+)([^\\s?#\"'<>]*)([?#][^\\s\"'<>]*)?");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+%-]{1,64}@(?:[\\w-]{1,63}\\.){1,8}\\p{L}{2,24}",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern IBAN = Pattern.compile(
            "\\b[A-Z]{2}\\d{2}(?:[ \\u00a0]?[A-Z0-9]{4}){2,7}(?:[ \\u00a0]?[A-Z0-9]{1,4})?\\b");
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_~+=-]{28,}");
    /** SHA-256 in hexadecimal, UUIDs and Camel's exchange ids are ids, not secrets. */
    private static final Pattern HARMLESS_WORD = Pattern.compile("[0-9a-f]{64}"
            + "|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-F]{15,16}-[0-9A-F]{16}|[A-Za-z_=+~-]+");
    /** The API's own paths hold ids only; anything else may be a file that whoever knows the path can fetch. */
    private static final String API_PATH = "/api/";

    private SensitiveText() {}

    public static String mask(String text) {
        String masked = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "… (cut)" : text;
        masked = AUTHORIZATION.matcher(masked).replaceAll("$1 " + MASK);
        masked = LOGIN_IN_URL.matcher(masked).replaceAll("://" + MASK + "@");
        masked = HTTP_URL.matcher(masked).replaceAll(SensitiveText::maskUrl);
        masked = NAMED_SECRET.matcher(masked).replaceAll("$1$2" + MASK);
        masked = EMAIL.matcher(masked).replaceAll(MASK);
        masked = IBAN.matcher(masked).replaceAll(MASK);
        return LONG_WORD.matcher(masked).replaceAll(SensitiveText::maskWord);
    }

    private static String maskUrl(MatchResult url) {
        String path = url.group(2).isEmpty() || url.group(2).equals("/") || url.group(2).startsWith(API_PATH)
                ? url.group(2)
                : "/" + MASK;
        String query = url.group(3) == null ? "" : "?" + MASK;
        return Matcher.quoteReplacement(url.group(1) + path + query);
    }

    private static String maskWord(MatchResult word) {
        String found = word.group();
        return HARMLESS_WORD.matcher(found).matches() ? Matcher.quoteReplacement(found) : MASK;
    }
}

package fr.pennylanesync.token;

import fr.pennylanesync.failure.SyncException;
import java.util.regex.Pattern;

/** The operator's short name of a company: the stem of its token file. */
public final class Alias {

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    private Alias() {}

    static boolean isValid(String text) {
        return VALID.matcher(text).matches();
    }

    public static String require(String text) {
        if (!isValid(text)) {
            throw new SyncException(TokenErrorCode.ALIAS_INVALID);
        }
        return text;
    }

    /** A file's stem that may hold anything, made fit to be shown. */
    static String shown(String stem) {
        String safe = stem.replaceAll("[^A-Za-z0-9_-]", "?");
        return safe.length() > 40 ? safe.substring(0, 40) : safe;
    }
}

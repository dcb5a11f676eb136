package fr.pennylanesync.archive.s3;

import fr.pennylanesync.hash.Sha256;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where an object lies: {@code <prefix>/<company id>/<stream>/<yyyy>/<record id>/<sha256>.<ext>}. Made of ids and
 * a hash only: no name that came from outside can become part of it.
 *
 * @param prefix empty, or path segments without a slash at either end
 * @param year of the record's date; 0 where it has none, written 0000
 * @param extension of the content's real type
 */
public record ObjectKey(String prefix, long companyId, String stream, int year, long recordId, Sha256 hash,
        String extension) {

    private static final Pattern PREFIX =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,62}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,62}){0,7})?");
    private static final Pattern STREAM = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,8}");
    private static final Pattern BELOW_PREFIX = Pattern.compile(
            "(-?\\d{1,19})/([a-z][a-z0-9_]{0,62})/(\\d{4})/(-?\\d{1,19})/([0-9a-f]{64})\\.([a-z0-9]{1,8})");
    private static final int YEAR_MAX = 9999;

    public ObjectKey {
        require(takesPrefix(prefix), "a prefix is made of letters, digits, dots, dashes and inner slashes");
        require(STREAM.matcher(stream).matches(), "a stream is named in snake_case");
        require(EXTENSION.matcher(extension).matches(), "an extension is 1 to 8 lower-case letters or digits");
        require(year >= 0 && year <= YEAR_MAX, "a year has four digits");
    }

    static boolean takesPrefix(String prefix) {
        return PREFIX.matcher(prefix).matches();
    }

    /** The key as S3 knows it. */
    public String text() {
        return (prefix.isEmpty() ? "" : prefix + "/")
                + String.format(Locale.ROOT, "%d/%s/%04d/%d/%s.%s", companyId, stream, year, recordId, hash, extension);
    }

    /** Reads what {@link #text} wrote; empty for any other text. */
    public static Optional<ObjectKey> parse(String prefix, String text) {
        String start = prefix.isEmpty() ? "" : prefix + "/";
        Matcher form = text.startsWith(start) ? BELOW_PREFIX.matcher(text.substring(start.length()))
                : BELOW_PREFIX.matcher("");
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ObjectKey(prefix, Long.parseLong(form.group(1)), form.group(2), Integer.parseInt(form.group(3)),
                            Long.parseLong(form.group(4)), Sha256.stored(HexFormat.of().parseHex(form.group(5))),
                            form.group(6)));
        } catch (NumberFormatException beyondLong) {
            return Optional.empty();
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}

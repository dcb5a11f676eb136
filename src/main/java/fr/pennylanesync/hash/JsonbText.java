package fr.pennylanesync.hash;

/**
 * Finds where values end within JSON as PostgreSQL writes it of {@code jsonb}: with one blank behind each comma and
 * colon, texts as they are but for the escapes that JSON asks for, and numbers in plain digits.
 */
final class JsonbText {

    /** Stands for the end of what is not written so, or holds what only {@link CanonicalJson} can spell. */
    static final int UNUSUAL = -1;

    /** The first byte of U+FDD0, which begins an escape of what PostgreSQL cannot store, and of few others. */
    private static final byte ESCAPE_BEGIN = (byte) 0xef;

    private JsonbText() {}

    /** Returns the place behind what is expected at another. */
    static int past(byte[] json, int at, String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (at + i >= json.length || json[at + i] != expected.charAt(i)) {
                return UNUSUAL;
            }
        }
        return at + expected.length();
    }

    static boolean isAscii(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] < 0 || json[i] == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Returns the place behind the value that begins at another. */
    static int end(byte[] json, int at, int limit) {
        if (at >= limit) {
            return UNUSUAL;
        }
        return switch (json[at]) {
            case '"' -> endOfText(json, at, limit);
            case '{', '[' -> endOfContainer(json, at, limit);
            default -> endOfLiteral(json, at, limit);
        };
    }

    private static int endOfText(byte[] json, int at, int limit) {
        for (int i = at + 1; i < limit; i++) {
            byte c = json[i];
            if (c == '"') {
                return i + 1;
            }
            if (c == ESCAPE_BEGIN || c == '\\' && (++i == limit || json[i] == 'u')) {
                return UNUSUAL;
            }
        }
        return UNUSUAL;
    }

    private static int endOfContainer(byte[] json, int at, int limit) {
        int open = 0;
        int i = at;
        while (i < limit) {
            byte c = json[i];
            if (c == '"') {
                i = endOfText(json, i, limit);
                if (i == UNUSUAL) {
                    return UNUSUAL;
                }
                continue;
            }
            i++;
            open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return UNUSUAL;
    }

    private static int endOfLiteral(byte[] json, int at, int limit) {
        int i = at;
        while (i < limit && json[i] != ',' && json[i] != '}' && json[i] != ']') {
            i++;
        }
        return i;
    }
}

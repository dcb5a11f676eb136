package fr.pennylanesync.token;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads what a token file may say: one token on one line, or one property placeholder such as
 * <code>{{env:TOKEN}}</code> whose value is the token. The line may end in a line break.
 */
public final class TokenText {

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    // What an Authorization header can carry: visible ASCII, and no quotes, which come from careless copying.
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e&&[^\"'`]]{1,4096}");

    private final UnaryOperator<String> placeholders;

    TokenText(UnaryOperator<String> placeholders) {
        this.placeholders = placeholders;
    }

    Secret parse(String text) {
        return requireToken(Secret.of(resolve(singleLine(text))));
    }

    /** A value that may be written as a placeholder. */
    String resolve(String text) {
        return text.contains("{{") ? singleLine(value(text)) : text;
    }

    private String value(String text) {
        String value;
        try {
            value = placeholders.apply(text);
        } catch (RuntimeException unresolved) {
            // Its message may quote the value of the property.
            throw new SyncException(TokenErrorCode.PLACEHOLDER_UNRESOLVED);
        }
        if (value == null || value.contains("{{")) {
            throw new SyncException(TokenErrorCode.PLACEHOLDER_UNRESOLVED);
        }
        return value;
    }

    private static String singleLine(String text) {
        String line = LINE_END.matcher(text).replaceFirst("");
        if (line.isBlank()) {
            throw new SyncException(TokenErrorCode.EMPTY);
        }
        if (LINE_BREAK.matcher(line).find()) {
            throw new SyncException(TokenErrorCode.SEVERAL_LINES);
        }
        return line;
    }

    public static Secret requireToken(Secret token) {
        if (!TOKEN.matcher(token.reveal()).matches()) {
            throw new SyncException(TokenErrorCode.NOT_A_TOKEN);
        }
        return token;
    }
}

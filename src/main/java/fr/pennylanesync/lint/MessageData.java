package fr.pennylanesync.lint;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which expressions read what came from outside: bodies, headers, and the messages of other people's exceptions.
 */
final class MessageData {

    private static final Pattern BODY_OR_HEADER = Pattern.compile("\\$(?:simple)?\\{\\s*(?:in\\.|out\\.)?"
            + "(?:body|bodyAs|mandatoryBody|prettyBody|originalBody|pretty\\(|messageAs|header|headerAs|headers|"
            + "jsonpath|jq|xpath)");
    private static final Pattern EVERYTHING = Pattern.compile("\\$(?:simple)?\\{\\s*"
            + "(?:exchange|variables|exchangeProperties|properties|messageHistory|exception|exception\\.(?:message|"
            + "stacktrace))\\s*}");
    private static final Set<String> LANGUAGES =
            Set.of("header", "jsonpath", "jq", "xpath", "xquery", "tokenize", "xtokenize", "groovy",
                    "ognl", "mvel", "spel", "datasonnet", "joor", "java", "js", "python", "wasm", "hl7terser",
                    "language", "csimple");

    private MessageData() {}

    /** Tells whether a text in Camel's simple language reads the body or a header. */
    static boolean isReadBy(String simple) {
        return BODY_OR_HEADER.matcher(simple).find();
    }

    /** Tells whether printing a text in Camel's simple language would print message data. */
    static boolean isPrintedBy(String simple) {
        return isReadBy(simple) || EVERYTHING.matcher(simple).find();
    }

    /** Tells whether a value stands below a language whose expressions read the message, or are code of their own. */
    static boolean isReadByLanguageOf(RouteNode node) {
        return node.names().stream().anyMatch(LANGUAGES::contains);
    }
}

package fr.pennylanesync.lint;

import java.util.List;
import java.util.regex.Pattern;

/** A text in Camel's simple language, taken apart: its functions, and what stands around them. */
final class SimpleText {

    private static final Pattern FUNCTION = Pattern.compile("\\$\\{([^{}$]*)}");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    /** It loads a class by its name. */
    private static final Pattern TYPE_TEST = Pattern.compile("\\s!?is\\s", Pattern.CASE_INSENSITIVE);

    private final String text;

    SimpleText(String text) {
        this.text = text;
    }

    /** Returns what stands within each {@code ${…}}, as it is written. */
    List<String> functions() {
        return FUNCTION.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Tells whether something else begins a function, a placeholder or a block. */
    boolean hidesMore() {
        String around = FUNCTION.matcher(text).replaceAll("");
        return around.contains("$") || around.contains("{{") || around.contains("}}");
    }

    /** Tells whether a condition asks for the class of a value. */
    boolean testsType() {
        return TYPE_TEST.matcher(QUOTED.matcher(text).replaceAll("")).find();
    }
}

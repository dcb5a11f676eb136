package fr.pennylanesync.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges the text in a field by what {@link AllowList} says that the field may hold.
 *
 * @param route folder and stem of its file
 * @param element the element that has the field
 * @param siblings all fields of the element
 */
record AllowedValue(AllowList allowed, String route, String element, String field, JsonNode siblings) {

    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern NUMBER_BY_PLACEHOLDER = Pattern.compile("\\{\\{([a-z.-]+)(?::[0-9]+)?}}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^}:]*)");
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*(,[A-Za-z0-9_.-]+)*");
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]*");
    private static final Pattern OWN_VARIABLE = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Pattern LEVEL = Pattern.compile("TRACE|DEBUG|INFO|WARN|ERROR|OFF");
    /** At most every five seconds. */
    private static final Pattern CRON = Pattern.compile("([0-5]?[0-9]|(\\*|[0-5]?[0-9])/([5-9]|[1-5][0-9])) [^{}$]+");
    /** Camel reads such a text from a file or an address, or makes an object of it. */
    private static final Pattern LOOKUP =
            Pattern.compile("\\s*(resource:|ref:|#|bean:|type:|class:).*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Set<String> PLAIN = Set.of("constant", "simple");

    /** Returns the rule that the value breaks. */
    Optional<String> fault(String kind, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            return Optional.of("`" + field + "` is no text");
        }
        String text = value.asText();
        if (kind.startsWith("=")) {
            return unless(kind.substring(1).equals(text), "`" + field + "` is not `" + kind.substring(1) + "`");
        }
        return switch (kind) {
            case "flag" -> unless(FLAG, text, "is not true or false");
            case "number" -> number(text);
            case "names" -> unless(NAMES, text, "is no name");
            case "text" -> unless(TEXT, text, "is no plain text");
            case "level" -> unless(LEVEL, text, "is no level");
            case "cron" -> unless(CRON, text, "is no cron expression that comes at most every five seconds");
            case "words" -> words(text);
            case "simple" -> simple(text);
            case "printed" -> printed(text);
            case "bean" -> unless(allowed.hasBean(text), "there is no bean `" + shown(text) + "` that routes may call");
            case "call" -> call(text);
            case "reference" -> unless(allowed.mayStandAt("references", text, element + "." + field),
                    "`" + field + "` refers to what no route may use there");
            case "exception" -> unless(allowed.hasException(text), "an exception that no route may name");
            case "variable" -> variable(text);
            case "header" -> unless(allowed.mayHave("headers", text, route),
                    "the header `" + shown(text) + "` is none that this route may set");
            default -> Optional.of("`" + field + "` is of no kind that lint knows: " + kind);
        };
    }

    private Optional<String> unless(Pattern form, String text, String what) {
        return placeholder(text).or(() -> unless(form.matcher(text).matches(), "`" + field + "` " + what));
    }

    private static Optional<String> unless(boolean holds, String rule) {
        return holds ? Optional.empty() : Optional.of(rule);
    }

    private Optional<String> number(String text) {
        Matcher placeholder = NUMBER_BY_PLACEHOLDER.matcher(text);
        if (placeholder.matches() && allowed.mayStandAt("placeholders", placeholder.group(1), field)) {
            return Optional.empty();
        }
        return unless(NUMBER, text, "is no number");
    }

    /** Finds a placeholder, whose value may be a secret; the default behind its name is not repeated. */
    static Optional<String> placeholder(String text) {
        Matcher found = PLACEHOLDER.matcher(text);
        return found.find()
                ? Optional.of("the placeholder {{" + shown(found.group(1).strip()) + "}} is none for routes")
                : Optional.empty();
    }

    private static Optional<String> words(String text) {
        return placeholder(text)
                .or(() -> unless(!LOOKUP.matcher(text).matches(), "a value that is looked up elsewhere"));
    }

    private Optional<String> simple(String text) {
        SimpleText simple = new SimpleText(text);
        return words(text)
                .or(() -> simple.functions().stream().filter(Predicate.not(this::isKnown)).findFirst()
                        .map(function -> "the function `" + head(function) + "` is none that routes may use"))
                .or(() -> unless(!simple.hidesMore(), "a text in which lint cannot tell the functions"))
                .or(() -> unless(!simple.testsType(), "a test of a value's class"));
    }

    private boolean isKnown(String function) {
        return allowed.hasFunction(function) || ownVariable(function).isPresent();
    }

    private Optional<String> ownVariable(String function) {
        return Optional.of(function).filter(read -> read.startsWith("variable."))
                .map(read -> read.substring("variable.".length()))
                .filter(name -> OWN_VARIABLE.matcher(name).matches() && !allowed.isProgramVariable(name));
    }

    private Optional<String> printed(String text) {
        return simple(text.replaceAll("(?i)\\bis\\b", "")).or(() -> unless(isPrinted(text), "a log of message data"));
    }

    private boolean isPrinted(String text) {
        return new SimpleText(text).functions().stream()
                .allMatch(function -> allowed.isPrinted(function) || ownVariable(function).isPresent());
    }

    /** Judges the method of a bean; where the bean is none, that is the finding. */
    private Optional<String> call(String method) {
        String ref = siblings.path("ref").asText();
        return unless(!allowed.hasBean(ref) || allowed.hasMethod(ref, method),
                "the bean `" + ref + "` has no method `" + head(method) + "` that routes may call");
    }

    private Optional<String> variable(String name) {
        if (allowed.isProgramVariable(name)) {
            return unless(allowed.mayHave("variables", name, route), "the variable `" + name + "` is the program's");
        }
        return unless(OWN_VARIABLE.matcher(name).matches(), "`" + shown(name) + "` is no name of a variable")
                .or(() -> unless(isHarmless(), "a variable of one's own that holds message data"));
    }

    /** A variable of a route's own may be printed, so that it must hold what may be printed. */
    private boolean isHarmless() {
        List<String> languages = Stream.concat(names(siblings), names(siblings.path("expression"))).toList();
        return languages.stream().filter(name -> !Set.of("id", "name", "description", "note", "expression")
                .contains(name)).allMatch(PLAIN::contains)
                && Stream.of(siblings, siblings.path("expression")).map(node -> node.path("simple"))
                        .map(simple -> simple.path("expression").asText(simple.asText(""))).allMatch(this::isPrinted);
    }

    private static Stream<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey);
    }

    /** The beginning of a function or call, which says enough and repeats no value. */
    private static String head(String function) {
        return shown(function.strip().split("[^\\w.]", 2)[0]);
    }

    /** Keeps what a finding quotes short and printable. */
    static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 40 ? plain.substring(0, 40) + "…" : plain;
    }
}

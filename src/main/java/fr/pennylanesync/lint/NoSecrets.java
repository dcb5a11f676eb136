package fr.pennylanesync.lint;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A route file is read by many and kept in version control: secrets come through placeholders. The finding never
 * repeats the secret.
 */
final class NoSecrets implements FileRule {

    private static final String NAMES = "pass(?:word|wd|phrase)|secret(?:-?key)?|(?:access|api|private)-?key"
            + "|(?:access|bearer|refresh|client)?-?token";
    private static final Pattern NAME = Pattern.compile("(?:.*[a-z.-])?(?:" + NAMES + ")", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_QUERY =
            Pattern.compile("[?&;](?:\\w|-)*(?:" + NAMES + ")=(?!\\{\\{|RAW\\(\\{\\{|#|\\$)\\S",
                    Pattern.CASE_INSENSITIVE);
    /** A placeholder, a reference to a bean, or a value that our own code put on the exchange. */
    private static final Pattern REFERENCE =
            Pattern.compile("\\s*|\\{\\{.*}}|#.+|\\$\\{variable\\..+}", Pattern.DOTALL);
    /**
     * Bearer tokens, user:password@ in addresses, AWS keys, private keys, and words that mix cases and numbers as no
     * name does.
     */
    private static final Pattern SHAPE =
            Pattern.compile("\\bBearer\\s+[^\\s{$]|://[^/\\s:@{]+:[^/\\s@{]+@|\\bAKIA[0-9A-Z]{16}\\b"
                    + "|-----BEGIN |\\b(?=[0-9a-f]{0,99}\\d)[0-9a-f]{32,}\\b"
                    + "|\\b(?=[\\w-]{0,99}\\d[\\w-]{0,99}[A-Za-z][\\w-]{0,99}\\d)(?=[\\w-]{0,99}[a-z])(?=[\\w-]{0,"
                    + "99}[A-Z])[\\w-]{24,}");

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Stream<FactsFault> named = file.nodes().stream().filter(NoSecrets::isNamedSecret)
                .map(node -> file.fault(node, "a literal secret in `" + node.key() + "`", remedy()));
        Stream<FactsFault> set = file.nodes().stream().filter(NoSecrets::setsSecret)
                .map(node -> file.fault(node, "a literal secret in `" + node.text("name") + "`", remedy()));
        Stream<FactsFault> queried = file.texts().filter(text -> IN_QUERY.matcher(text.text()).find())
                .map(text -> file.fault(text, "a literal secret in a URI", remedy()));
        return Stream.of(named, set, queried, shaped(file)).flatMap(faults -> faults);
    }

    private static boolean isNamedSecret(RouteNode node) {
        return node.value().isValueNode() && NAME.matcher(node.key()).matches()
                && !node.owner().equals("tokenize") && !REFERENCE.matcher(node.text()).matches();
    }

    /** A header or variable with such a name and a constant value, in either spelling of a constant. */
    private static boolean setsSecret(RouteNode node) {
        JsonNode constant = node.value().at("/expression/constant").isMissingNode() ? node.value().path("constant")
                : node.value().at("/expression/constant");
        String value = constant.path("expression").asText(constant.asText(""));
        return NAME.matcher(node.text("name")).matches() && !REFERENCE.matcher(value).matches();
    }

    /** By lines, because a secret in a comment is given away too. */
    private static Stream<FactsFault> shaped(RouteFile file) {
        String[] lines = file.content().split("\\R");
        return IntStream.range(0, lines.length).filter(i -> SHAPE.matcher(lines[i]).find())
                .mapToObj(i -> new FactsFault(file.path(), i + 1, "something that looks like a secret", remedy()));
    }

    private static String remedy() {
        return "use a placeholder such as {{env:NAME}}, and replace the secret: it is known now";
    }
}

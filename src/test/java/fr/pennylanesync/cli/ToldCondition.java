package fr.pennylanesync.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One row of the table of conditions.
 *
 * @param sql brings it about, or {@code cause}
 * @param code of the warning or check; empty if there is none
 * @param detail what {@code status} says besides
 * @param log the event that tells of it
 * @param command ends with {@code exit} and names the code, under {@code settings}
 */
record ToldCondition(String condition, Optional<String> sql, Optional<String> cause,
        @JsonProperty("held-by") Optional<String> heldBy, Optional<String> health, Optional<String> code,
        Optional<String> detail, Optional<String> log, Optional<String> command, Optional<String> settings,
        Optional<Integer> exit) {

    static List<ToldCondition> all() {
        try (InputStream file = ToldCondition.class.getResourceAsStream("/conditions/conditions.yaml")) {
            return YAMLMapper.builder().addModule(new Jdk8Module()).build().readValue(file, new TypeReference<>() {});
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    static String table() {
        return HEAD + all().stream().map(ToldCondition::row).collect(Collectors.joining());
    }

    static final String HEAD = """
            | condition | health | console | `status` | log event | exit code |
            |---|---|---|---|---|---|
            """;

    boolean isDown() {
        return health.filter(text -> text.startsWith("DOWN")).isPresent();
    }

    private String row() {
        String named = code.map(name -> " `" + name + "`").orElse("");
        String console = health.isEmpty() ? "–"
                : isDown() ? "Not ready" + named : code.isPresent() ? "warning" + named : "All is well";
        String status = isStatusAsked() ? detail.or(() -> code).map(name -> "`" + name + "`").orElse("`LIVE`") : "–";
        return "| %s | %s | %s | %s | %s | %s |%n".formatted(condition, health.map(up -> up + named).orElse("–"),
                console, command.isPresent() ? named.strip() : status, log.map(name -> "`" + name + "`").orElse("–"),
                exit.map(number -> number + " (" + command.map(name -> "`" + name + "`").orElse("`status`") + ")")
                        .orElse("–"));
    }

    /** Tells whether the condition shows to another process. */
    boolean isStatusAsked() {
        return exit.isPresent() && command.isEmpty();
    }

    @Override
    public String toString() {
        return condition;
    }
}

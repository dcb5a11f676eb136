package fr.pennylanesync.sandbox.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads a fault plan from YAML.
 *
 * <pre> seed: 7 # optional; the draws depend on it alone faults: - kind: unavailable # a name of FaultKind, in lower
 * case probability: 0.02 # of each request it could strike - kind: repeated_page requests: [2, 9] # the 2nd and 9th
 * request it could strike path: /customer_invoices # optional: what the path after /api/external/v2 starts with
 * company: 51017 # optional: a company's id limit: 1 # optional: how often at most - kind: drip probability: 0.1
 * duration: 2s # optional: how long the body takes </pre>
 */
public final class FaultPlanFile {

    private static final Set<String> KEYS = Set.of("kind", "probability", "requests", "path", "company", "limit",
            "duration");

    private FaultPlanFile() {}

    /**
     * Reads and checks the file.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public static FaultPlan read(Path file) {
        try {
            return plan(new YAMLMapper().readTree(file.toFile()));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot read the faults file " + file, unreadable);
        }
    }

    private static FaultPlan plan(JsonNode root) {
        JsonNode faults = root.path("faults");
        if (!faults.isArray()) {
            throw new IllegalArgumentException("a faults file has a list named faults");
        }
        List<FaultRule> rules = new ArrayList<>();
        faults.forEach(node -> rules.add(rule(node)));
        return new FaultPlan(root.path("seed").asLong(0), rules);
    }

    private static FaultRule rule(JsonNode node) {
        node.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                throw new IllegalArgumentException("unknown key of a fault: " + name);
            }
        });
        Set<Long> requests = StreamSupport.stream(node.path("requests").spliterator(), false)
                .map(JsonNode::asLong).collect(Collectors.toCollection(HashSet::new));
        return new FaultRule(kind(node.path("kind").asText()), node.path("probability").asDouble(0), requests,
                node.path("path").asText(""), node.path("company").asLong(0), node.path("limit").asLong(Long.MAX_VALUE),
                duration(node.path("duration").asText("2s")));
    }

    private static FaultKind kind(String name) {
        try {
            return FaultKind.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("unknown kind of fault: " + name, unknown);
        }
    }

    private static Duration duration(String text) {
        String number = text.replaceAll("(ms|s)$", "");
        if (!number.matches("\\d{1,7}")) {
            throw new IllegalArgumentException("a duration is written 300ms or 2s, not " + text);
        }
        return text.endsWith("ms") ? Duration.ofMillis(Long.parseLong(number))
                : Duration.ofSeconds(Long.parseLong(number));
    }
}

package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the facts of one stream: the YAML block that its route hands to the shared steps. Collects every fault before it refuses. */
final class Facts {

    private static final ObjectMapper YAML =
            new ObjectMapper(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    private static final Set<String> KEYS = Set.of("path", "scope", "reading", "sorted", "page-size", "parent", "include", "changelog",
            "record-date", "enabled", "files", "columns");
    private static final Pattern COLUMN = Pattern.compile("([a-z]+)(?: from ([A-Za-z0-9_.]+))?");
    private static final int PAGE_SIZE_MAX = 1000;

    private final String name;
    private final String file;
    private final List<Fault> faults = new ArrayList<>();
    private final JsonNode root;

    private Facts(String name, String file, String yaml) {
        this.name = name;
        this.file = file;
        this.root = parse(yaml);
    }

    /**
     * @param name the stream's name (the file's stem)
     * @param file how to name the file in a fault
     * @throws FactsRefused with every fault found
     */
    static StreamDefinition read(String name, String file, String description, String yaml) {
        return new Facts(name, file, yaml).definition(description);
    }

    private JsonNode parse(String yaml) {
        try {
            JsonNode node = YAML.readTree(yaml);
            if (node != null && node.isObject()) {
                return node;
            }
            fault("the facts are not a YAML mapping", "write `key: value` lines below `constant: |`");
        } catch (JsonProcessingException e) {
            fault("the facts are not valid YAML at their line " + e.getLocation().getLineNr(), "mend the block below `constant: |`");
        }
        throw new FactsRefused(faults);
    }

    private StreamDefinition definition(String description) {
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                fault("unknown fact `" + key + "`", "use one of " + String.join(", ", KEYS.stream().sorted().toList()));
            }
        });
        Optional<String> parent = text("parent");
        Reading reading = reading(parent.isPresent());
        String path = path(parent.isPresent());
        int pageSize = pageSize();
        List<Column> columns = columns(parent);
        List<FileField> files = files();
        if (!faults.isEmpty()) {
            throw new FactsRefused(faults);
        }
        return new StreamDefinition(name, description, path, text("scope"), reading, flag("sorted", reading == Reading.KEYSET), pageSize,
                parent, text("include"), text("changelog"), text("record-date"), flag("enabled", true), files, columns);
    }

    private Reading reading(boolean child) {
        String value = text("reading").orElse(child ? "children" : "");
        for (Reading reading : Reading.values()) {
            if (reading.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) {
                if ((reading == Reading.CHILDREN) != child) {
                    fault("`reading` and `parent` disagree", "a child stream has a parent and no `reading`");
                }
                return reading;
            }
        }
        fault("unknown `reading`", "use keyset, date-slices, cursor or whole");
        return Reading.CURSOR;
    }

    private String path(boolean child) {
        String path = text("path").orElse("");
        if (!path.startsWith("/") || path.contains("?") || path.endsWith("/")) {
            fault("`path` is not an API path", "write it as in the API reference: /customers");
        }
        if (child != path.contains("{parent}")) {
            fault("`path` and `parent` disagree", "a child's path holds {parent}, any other does not");
        }
        return path;
    }

    private int pageSize() {
        JsonNode node = root.path("page-size");
        if (node.isMissingNode()) {
            return 100;
        }
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > PAGE_SIZE_MAX) {
            fault("`page-size` is not between 1 and " + PAGE_SIZE_MAX, "use the endpoint's documented maximum");
            return 100;
        }
        return node.intValue();
    }

    private List<Column> columns(Optional<String> parent) {
        List<Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        parent.map(Names::parentColumn).ifPresent(seen::add);
        root.path("columns").fields().forEachRemaining(field -> {
            String column = field.getKey();
            Matcher form = COLUMN.matcher(field.getValue().asText());
            Optional<ColumnType> type = form.matches() ? ColumnType.parse(form.group(1)) : Optional.empty();
            if (!Names.isSnakeCase(column) || Names.OWN_COLUMNS.contains(column) || !seen.add(column)) {
                fault("column `" + column + "` cannot be named so", "use a new snake_case name; every table has "
                        + String.join(", ", Names.OWN_COLUMNS.stream().sorted().toList()));
            } else if (type.isEmpty()) {
                fault("column `" + column + "` has no known type", "write `text`, or `bigint from customer.id`");
            } else {
                columns.add(new Column(column, type.get(), steps(form.group(2) == null ? column : form.group(2))));
            }
        });
        return columns;
    }

    private List<FileField> files() {
        List<FileField> files = new ArrayList<>();
        root.path("files").fields().forEachRemaining(field -> files.add(new FileField(steps(field.getKey()),
                Optional.ofNullable(field.getValue().textValue()).filter(value -> !value.isBlank()).map(Facts::steps))));
        return files;
    }

    private Optional<String> text(String key) {
        return Optional.ofNullable(root.path(key).textValue());
    }

    private boolean flag(String key, boolean otherwise) {
        return root.path(key).asBoolean(otherwise);
    }

    private static List<String> steps(String path) {
        return List.of(path.split("\\."));
    }

    private void fault(String rule, String remedy) {
        faults.add(new Fault(file, 0, rule, remedy));
    }
}

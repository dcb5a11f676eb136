package fr.pennylanesync.stream;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the facts of one stream: the YAML block that its route hands to the shared steps. Collects every fault before it refuses. */
final class Facts {

    private static final Set<String> KEYS = Set.of("path", "scope", "reading", "sorted", "page-size", "parent", "include", "changelog",
            "also-changed-by", "refreshes", "record-date", "enabled", "files", "columns");
    private static final Pattern COLUMN = Pattern.compile("([a-z]+)(?: from (\\w+(?:\\.\\w+)*))?");
    private static final Pattern PATH = Pattern.compile("\\w+(?:\\.\\w+)*");
    private static final int PAGE_SIZE_MAX = 1000;

    private final FactsBlock block;
    private final Optional<String> parent;

    private Facts(FactsBlock block) {
        this.block = block;
        this.parent = block.text("parent");
        parent.filter(name -> !Names.isSnakeCase(name)).ifPresent(name ->
                block.fault("parent", "`parent` is not a stream's name", "write the stem of the parent's file"));
    }

    /**
     * @param name the stream's name (the file's stem)
     * @throws FactsRefused with every fault found
     */
    static StreamDefinition read(String name, String description, FactsBlock block) {
        return new Facts(block).definition(name, description);
    }

    private StreamDefinition definition(String name, String description) {
        refuseUnknownKeys();
        Reading reading = reading();
        List<FileField> files = files();
        StreamDefinition stream = new StreamDefinition(name, description, path(), block.text("scope"), reading, sorted(reading), pageSize(),
                parent, include(), block.text("changelog"), alsoChangedBy(), refreshes(), block.text("record-date"), block.flag("enabled", true), files, columns(files));
        block.refuseIfFaulty();
        return stream;
    }

    private void refuseUnknownKeys() {
        block.keys().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                block.fault(key, "unknown fact `" + key + "`", "use one of " + String.join(", ", KEYS.stream().sorted().toList()));
            }
        });
    }

    private Reading reading() {
        String value = block.text("reading").orElse(parent.isPresent() ? "children" : "");
        for (Reading reading : Reading.values()) {
            if (reading.label().equals(value)) {
                return agreeing(reading);
            }
        }
        block.fault("reading", "unknown `reading`", "use keyset, date-slices, cursor or whole");
        return fallback();
    }

    private Reading agreeing(Reading reading) {
        if ((reading == Reading.CHILDREN) == parent.isPresent()) {
            return reading;
        }
        block.fault("reading", "`reading` and `parent` disagree", "a child stream has a parent and no `reading`");
        return fallback();
    }

    /** Lets the other facts be checked too; a definition with it is never given out. */
    private Reading fallback() {
        return parent.isPresent() ? Reading.CHILDREN : Reading.CURSOR;
    }

    private boolean sorted(Reading reading) {
        boolean sorted = block.flag("sorted", reading == Reading.KEYSET);
        if (reading == Reading.KEYSET && !sorted) {
            block.fault("sorted", "`reading: keyset` without sorting", "a keyset needs `sort=id`: remove `sorted`, or use `reading: cursor`");
        }
        return sorted;
    }

    private String path() {
        String path = block.text("path").orElse("");
        if (!path.startsWith("/") || path.contains("?") || path.endsWith("/")) {
            block.fault("path", "`path` is not an API path", "write it as in the API reference: /customers");
        } else if (parent.isPresent() != path.contains("{parent}")) {
            block.fault("path", "`path` and `parent` disagree", "a child's path holds {parent}, any other does not");
        }
        return path;
    }

    private int pageSize() {
        int size = block.number("page-size", 100);
        if (size < 1 || size > PAGE_SIZE_MAX) {
            block.fault("page-size", "`page-size` is not between 1 and " + PAGE_SIZE_MAX, "use the endpoint's documented maximum");
        }
        return size;
    }

    private Optional<String> include() {
        Optional<String> include = block.text("include");
        if (include.isPresent() && parent.isEmpty()) {
            block.fault("include", "`include` without `parent`", "only a child's rows come along with their parent");
        }
        return include;
    }

    private Map<String, List<String>> alsoChangedBy() {
        Map<String, List<String>> feeds = new LinkedHashMap<>();
        block.lines("also-changed-by").forEach((feed, path) -> {
            if (!Names.isSnakeCase(feed) || !PATH.matcher(path).matches()) {
                block.fault("also-changed-by/" + feed, "`" + feed + "` is not a feed with a path", "write `feed_name: path.of.id`");
            } else {
                feeds.put(feed, steps(path));
            }
        });
        return feeds;
    }

    private Map<String, String> refreshes() {
        Map<String, String> streams = new LinkedHashMap<>();
        block.lines("refreshes").forEach((stream, column) -> {
            if (!Names.isSnakeCase(stream) || !"bigint".equals(block.lines("columns").getOrDefault(column, "").split(" ")[0])) {
                block.fault("refreshes/" + stream, "`" + column + "` is no bigint column of this stream", "write `stream: column_with_its_id`");
            } else {
                streams.put(stream, column);
            }
        });
        return streams;
    }

    private List<FileField> files() {
        List<FileField> files = new ArrayList<>();
        block.lines("files").forEach((path, name) -> {
            if (!PATH.matcher(path).matches() || !name.isEmpty() && !PATH.matcher(name).matches()) {
                block.fault("files/" + path, "`" + path + "` is not a file field", "write `path.of.url: path.of.name`; the name may be missing");
            } else {
                files.add(new FileField(steps(path), Optional.of(name).filter(given -> !given.isEmpty()).map(Facts::steps)));
            }
        });
        return files;
    }

    private List<Column> columns(List<FileField> files) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>(Names.OWN_COLUMNS);
        Set<List<String>> paths = new HashSet<>();
        parent.map(Names::parentColumn).ifPresent(names::add);
        for (Map.Entry<String, String> line : block.lines("columns").entrySet()) {
            String at = "columns/" + line.getKey();
            if (!Names.isSnakeCase(line.getKey()) || !names.add(line.getKey())) {
                block.fault(at, "column `" + line.getKey() + "` cannot be named so", "use a new snake_case name; every table has "
                        + String.join(", ", Names.OWN_COLUMNS.stream().sorted().toList()));
                continue;
            }
            column(line.getKey(), line.getValue()).ifPresent(column -> {
                columns.add(column);
                if (!paths.add(column.path())) {
                    block.fault(at, "column `" + column.name() + "` holds the value of another column", "remove one of the two");
                }
                if (files.stream().anyMatch(file -> startsWith(column.path(), file.path()))) {
                    block.fault(at, "column `" + column.name() + "` would store a file's expiring URL", "remove it: `files` brings the file itself");
                }
            });
        }
        return columns;
    }

    private Optional<Column> column(String name, String text) {
        Matcher form = COLUMN.matcher(text);
        Optional<ColumnType> type = form.matches() ? ColumnType.parse(form.group(1)) : Optional.empty();
        if (type.isEmpty()) {
            block.fault("columns/" + name, "column `" + name + "` has no known type", "write `text`, or `bigint from customer.id`");
        }
        return type.map(known -> new Column(name, known, steps(form.group(2) == null ? name : form.group(2))));
    }

    private static boolean startsWith(List<String> path, List<String> beginning) {
        return path.size() >= beginning.size() && path.subList(0, beginning.size()).equals(beginning);
    }

    private static List<String> steps(String path) {
        return List.of(path.split("\\."));
    }
}

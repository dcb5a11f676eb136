package fr.pennylanesync.stream;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads which columns a stream's table has and which fields hold files; the two exclude each other. */
final class FactsColumns {

    static final String PATH_FORM = "\\w+(?:\\.\\w+)*";
    private static final Pattern PATH = Pattern.compile(PATH_FORM);
    /** Matches what a description may hold: nothing that Camel would take for a placeholder or an expression. */
    static final String DESCRIPTION_FORM = "[^\\s{}#$][^{}#$\\x00-\\x1f]{0,200}";
    /** Matches what may stand behind the type: where the value is, which stream it names, and what it says. */
    static final String COLUMN_FORM = "(?: from (" + PATH_FORM + "))?(?: in ([a-z][a-z0-9_]*))?(?: +-- +("
            + DESCRIPTION_FORM + "))?";
    private static final Pattern COLUMN = Pattern.compile("([a-z]+)" + COLUMN_FORM);
    private static final Set<ColumnType> INDEXABLE =
            EnumSet.of(ColumnType.BIGINT, ColumnType.INTEGER, ColumnType.DATE, ColumnType.TIMESTAMPTZ);

    private final FactsBlock block;
    private final Set<String> names = new HashSet<>(Names.OWN_COLUMNS);
    private final Set<List<String>> paths = new HashSet<>();
    private final List<FileField> files = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    FactsColumns(FactsBlock block, Optional<String> parentColumn) {
        this.block = block;
        parentColumn.ifPresent(names::add);
        block.lines(Fact.FILES).forEach(this::addFile);
        block.lines(Fact.COLUMNS).forEach(this::addColumn);
    }

    List<FileField> files() {
        return List.copyOf(files);
    }

    List<Column> columns() {
        return List.copyOf(columns);
    }

    /** Returns the columns as a record has them that names each field as its column: their paths are the share's. */
    List<Column> byName() {
        return columns.stream().map(column -> column.at(List.of(column.name()))).toList();
    }

    /**
     * Reads which columns have an index. A text has none: one that is longer than a page of an index holds could not
     * land any more.
     */
    List<String> indexes() {
        List<String> indexes = block.text(Fact.INDEXES).map(given -> List.of(given.split(", *"))).orElse(List.of());
        Map<String, ColumnType> types = columns.stream().collect(Collectors.toMap(Column::name, Column::type));
        if (new HashSet<>(indexes).size() < indexes.size()
                || !indexes.stream().map(types::get).allMatch(type -> type != null && INDEXABLE.contains(type))) {
            block.fault(Fact.INDEXES, "`indexes` is no list of different columns that can have an index",
                    "write columns of this stream of type date, timestamptz, bigint or integer: date, customer_id");
        }
        return indexes;
    }

    private void addFile(String path, String name) {
        if (!isPath(path) || !name.isEmpty() && !isPath(name)) {
            block.fault(Fact.FILES, path, "`" + path + "` is not a file field",
                    "write `path.of.url: path.of.name`; the name may be missing");
            return;
        }
        files.add(new FileField(steps(path),
                Optional.of(name).filter(given -> !given.isEmpty()).map(FactsColumns::steps)));
    }

    private void addColumn(String name, String text) {
        Matcher form = COLUMN.matcher(text);
        Optional<ColumnType> type = form.matches() ? ColumnType.parse(form.group(1)) : Optional.empty();
        if (!Names.isSnakeCase(name) || !names.add(name)) {
            fault(name, "cannot be named so",
                    "use a new snake_case name; every table has "
                            + String.join(", ", new TreeSet<>(Names.OWN_COLUMNS)));
        } else if (type.isEmpty()) {
            fault(name, "has no known type",
                    "write `text`, or `bigint from customer.id in customers -- Who is invoiced`");
        } else if (form.group(3) != null && (type.get() != ColumnType.BIGINT || !Names.isSnakeCase(form.group(3)))) {
            fault(name, "is no id of a stream's records", "write `bigint from customer.id in customers`");
        } else {
            add(new Column(name, type.get(), steps(form.group(2) == null ? name : form.group(2)),
                    Optional.ofNullable(form.group(3)), Optional.ofNullable(form.group(4)).map(String::strip)));
        }
    }

    private void add(Column column) {
        if (!paths.add(column.path())) {
            fault(column.name(), "holds the value of another column", "remove one of the two");
        } else if (files.stream().anyMatch(file -> startsWith(column.path(), file.path()))) {
            fault(column.name(), "would store a file's expiring URL", "remove it: `files` brings the file itself");
        }
        columns.add(column);
    }

    private void fault(String column, String rule, String remedy) {
        block.fault(Fact.COLUMNS, column, "column `" + column + "` " + rule, remedy);
    }

    private static boolean startsWith(List<String> path, List<String> beginning) {
        return path.size() >= beginning.size() && path.subList(0, beginning.size()).equals(beginning);
    }

    /** Tells whether a text names a field of a record, or of an object within it. */
    static boolean isPath(String text) {
        return PATH.matcher(text).matches();
    }

    static List<String> steps(String path) {
        return List.of(path.split("\\."));
    }
}

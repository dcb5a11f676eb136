package fr.pennylanesync.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the facts of one stream: the YAML block that its route hands to the shared steps. Collects every fault before
 * it refuses.
 */
final class Facts {

    static final int PAGE_SIZE_MAX = 1000;
    static final int PAGE_SIZE_USUAL = 100;
    static final Pattern API_PATH = Pattern.compile("(?:/(?:\\w[\\w.-]*|\\{parent\\}))+");
    static final String PARENT_ID = "{parent}";
    /** The facts that tell something of a sub-list, and of no other stream. */
    static final List<Fact> EVIDENCE =
            List.of(Fact.FILTERED_BY, Fact.CONCERNED_BY, Fact.SETTLEMENT, Fact.MIRRORS);

    private final FactsBlock block;
    private final Optional<String> parent;

    private Facts(FactsBlock block) {
        this.block = block;
        this.parent = block.text(Fact.PARENT);
        parent.filter(name -> !Names.isSnakeCase(name)).ifPresent(name -> block.fault(Fact.PARENT,
                "`parent` is not a stream's name", "write the stem of the parent's file"));
    }

    /**
     * @param name the stream's name (the file's stem)
     * @throws RoutesException with every fault found
     */
    static StreamDefinition read(String name, String description, FactsBlock block) {
        return new Facts(block).definition(name, description);
    }

    private StreamDefinition definition(String name, String description) {
        block.faultUnknown();
        ReadStrategy reading = reading();
        FactsColumns columns = new FactsColumns(block, parent.map(Names::parentColumn));
        boolean shareOnly = reading == ReadStrategy.SHARE || reading == ReadStrategy.FISCAL_YEARS;
        StreamDefinition stream = new StreamDefinition(name, description, path(), scope(), reading,
                sorted(reading), pageSize(), parent, include(), name(Fact.CHANGELOG), paths(Fact.ALSO_CHANGED_BY),
                refreshes(), paths(Fact.EMBEDS), recordDate(),
                block.flag(Fact.ENABLED, true), columns.files(),
                reading == ReadStrategy.FISCAL_YEARS ? columns.byName() : columns.columns(), columns.indexes(),
                new FactsShare(block, columns.columns()).read(shareOnly), key(reading),
                block.flag(Fact.OPTIONAL, false), new FactsPersonal(block, parent.isPresent()).read(), evidence());
        block.refuseIfFaulty();
        return stream;
    }

    private ReadStrategy reading() {
        String value = block.text(Fact.READING).orElse(parent.isPresent() ? ReadStrategy.CHILDREN.label() : "");
        for (ReadStrategy reading : ReadStrategy.values()) {
            if (reading.label().equals(value)) {
                return agreeing(reading);
            }
        }
        block.fault(Fact.READING, "unknown `reading`",
                "use keyset, date-slices, cursor, whole, fields, share or fiscal-years");
        return fallback();
    }

    private ReadStrategy agreeing(ReadStrategy reading) {
        if ((reading == ReadStrategy.CHILDREN) == parent.isPresent()) {
            return reading;
        }
        block.fault(Fact.READING, "`reading` and `parent` disagree", "a child stream has a parent and no `reading`");
        return fallback();
    }

    /** Lets the other facts be checked too; a definition with it is never given out. */
    private ReadStrategy fallback() {
        return parent.isPresent() ? ReadStrategy.CHILDREN : ReadStrategy.CURSOR;
    }

    private boolean sorted(ReadStrategy reading) {
        boolean sorted = block.flag(Fact.SORTED, reading == ReadStrategy.KEYSET);
        if (reading == ReadStrategy.KEYSET && !sorted) {
            block.fault(Fact.SORTED, "`reading: keyset` without sorting",
                    "a keyset needs `sort=id`: remove `sorted`, or use `reading: cursor`");
        }
        return sorted;
    }

    private String path() {
        String path = block.text(Fact.PATH).orElse("");
        if (isShareOnly()) {
            if (!path.isEmpty()) {
                block.fault(Fact.PATH, "`path` and `reading: share` disagree",
                        "a stream of the share alone has no API path");
            }
        } else if (!API_PATH.matcher(path).matches()) {
            block.fault(Fact.PATH, "`path` is not an API path", "write it as in the API reference: /customers");
        } else if (parent.isPresent() != path.contains(PARENT_ID)) {
            block.fault(Fact.PATH, "`path` and `parent` disagree", "a child's path holds {parent}, any other does not");
        }
        return path;
    }

    private boolean isShareOnly() {
        return block.text(Fact.READING).filter(ReadStrategy.SHARE.label()::equals).isPresent();
    }

    private int pageSize() {
        int size = block.number(Fact.PAGE_SIZE, PAGE_SIZE_USUAL);
        if (size < 1 || size > PAGE_SIZE_MAX) {
            block.fault(Fact.PAGE_SIZE, "`page-size` is not between 1 and " + PAGE_SIZE_MAX,
                    "use the endpoint's documented maximum");
        }
        return size;
    }

    private Optional<String> include() {
        Optional<String> include = name(Fact.INCLUDE);
        if (include.isPresent() && parent.isEmpty()) {
            block.fault(Fact.INCLUDE, "`include` without `parent`", "only a child's rows come along with their parent");
        }
        return include;
    }

    /**
     * Reads a fact that names something of Pennylane's. Nothing else is taken, because Camel would follow a text that
     * begins with {@code #} or holds a placeholder.
     */
    private Optional<String> name(Fact fact) {
        Optional<String> name = block.text(fact);
        name.filter(given -> !Names.isSnakeCase(given))
                .ifPresent(given -> block.fault(fact, "`" + fact.key() + "` is not a name",
                        "write the name alone: customers, not customers:readonly or /customers"));
        return name;
    }

    private Evidence evidence() {
        Map<String, String> filteredBy = names(Fact.FILTERED_BY, "stream: field as in categories: category_id");
        Map<String, String> mirrors = names(Fact.MIRRORS, "stream: type as in customer_invoices_payments: customer");
        List<String> concernedBy = fields(Fact.CONCERNED_BY, "amount, paid");
        List<String> settlement = fields(Fact.SETTLEMENT, "amount, remaining_amount_with_tax");
        if (settlement.size() == 1) {
            block.fault(Fact.SETTLEMENT, "`settlement` names one field alone",
                    "write a sum and what remains of it: amount, remaining_amount_with_tax");
        }
        if (!concernedBy.containsAll(settlement)) {
            block.fault(Fact.SETTLEMENT, "`settlement` names what `concerned-by` does not", "name the fields in both");
        }
        if (parent.isEmpty()) {
            EVIDENCE.stream().filter(block::has).forEach(fact -> block.fault(
                    fact, "`" + fact.key() + "` without `parent`", "only of a sub-list something else can tell"));
        }
        return new Evidence(filteredBy, concernedBy, settlement.size() == 1 ? List.of() : settlement, mirrors);
    }

    private List<String> fields(Fact fact, String example) {
        List<String> fields = block.text(fact).map(given -> List.of(given.split(", *"))).orElse(List.of());
        if (!fields.stream().allMatch(Names::isSnakeCase)) {
            block.fault(fact, "`" + fact.key() + "` is no list of fields", "write fields: " + example);
        }
        return fields;
    }

    private Map<String, String> names(Fact fact, String example) {
        Map<String, String> names = new LinkedHashMap<>();
        block.lines(fact).forEach((stream, name) -> {
            if (!Names.isSnakeCase(stream) || !Names.isSnakeCase(name)) {
                block.fault(fact, stream, "`" + stream + "` or what it is given is no name",
                        "write " + example);
            } else {
                names.put(stream, name);
            }
        });
        return names;
    }

    /** One domain, or several of which one is enough. */
    private Optional<String> scope() {
        Optional<String> scope = block.text(Fact.SCOPE);
        scope.filter(given -> !List.of(given.split(StreamDefinition.OR)).stream().allMatch(Names::isSnakeCase))
                .ifPresent(given -> block.fault(Fact.SCOPE, "`scope` is not a name",
                        "write the name alone: customers, not customers:readonly; or quotes or customer_invoices"));
        return scope;
    }

    private List<List<String>> key(ReadStrategy reading) {
        Optional<String> key = block.text(Fact.KEY);
        boolean listed = reading == ReadStrategy.CURSOR || reading == ReadStrategy.WHOLE
                || reading == ReadStrategy.FIELDS;
        if (key.isPresent() && !listed) {
            block.fault(Fact.KEY, "`key` and `reading` disagree",
                    "only a list read by cursor, whole or as fields has records without an id");
        }
        if (key.isEmpty() && reading == ReadStrategy.FIELDS) {
            block.fault(Fact.READING, "`reading: fields` without `key`", "add `key: name`");
        }
        List<String> paths = key.map(given -> List.of(given.split(", *"))).orElse(List.of());
        if (!paths.stream().allMatch(FactsColumns::isPath)) {
            block.fault(Fact.KEY, "`key` is no list of paths", "write paths of values: customer.id, created_at");
        }
        return paths.stream().map(FactsColumns::steps).toList();
    }

    private Optional<String> recordDate() {
        Optional<String> date = block.text(Fact.RECORD_DATE);
        date.filter(given -> !FactsColumns.isPath(given))
                .ifPresent(given -> block.fault(Fact.RECORD_DATE, "`record-date` is not a path",
                        "name the path of a date, such as issue.date"));
        return date;
    }

    /** Names of feeds or streams, each with the path of an id. */
    private Map<String, List<String>> paths(Fact fact) {
        Map<String, List<String>> paths = new LinkedHashMap<>();
        block.lines(fact).forEach((name, path) -> {
            if (!Names.isSnakeCase(name) || !FactsColumns.isPath(path)) {
                block.fault(fact, name, "`" + name + "` has no path of an id", "write `name: path.of.id`");
            } else {
                paths.put(name, FactsColumns.steps(path));
            }
        });
        return paths;
    }

    private Map<String, String> refreshes() {
        Map<String, String> streams = new LinkedHashMap<>();
        block.lines(Fact.REFRESHES).forEach((stream, column) -> {
            if (!Names.isSnakeCase(stream)
                    || !"bigint".equals(block.lines(Fact.COLUMNS).getOrDefault(column, "").split(" ")[0])) {
                block.fault(Fact.REFRESHES, stream, "`" + column + "` is no bigint column of this stream",
                        "write `stream: column_with_its_id`");
            } else {
                streams.put(stream, column);
            }
        });
        return streams;
    }
}

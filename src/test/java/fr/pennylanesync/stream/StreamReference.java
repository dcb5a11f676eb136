package fr.pennylanesync.stream;

import fr.pennylanesync.personal.PersonalField;
import fr.pennylanesync.personal.PersonalKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the catalog as the Markdown page that people read: {@code docs/reference/streams.md}. */
public final class StreamReference {

    private static final String INTRODUCTION = """
            # Streams

            What is read from Pennylane and where it lands: %d lists and %d sub-lists of their records. \
            Generated from `routes/streams/`;
            change a stream there, then run `mvn -q test -Dtest=StreamReferenceTest -Dreference.update=true`.

            Every table lives in schema `pennylane`. Besides the columns below it has `company_id`, `id`, \
            `payload` (the record as received,
            without expiring links), `record_hash`, `source` (`api`, `share`, \
            or `derived` from the other side of a relation), `batch_id`, `first_seen_at`, \
            `changed_at` and `deleted_at`
            (set when the record is gone at Pennylane; its row stays).

            The column `personal` says what is personal, of which kind and whose. `privacy.personal-data` \
            decides what becomes of it
            before it is stored, except of what is `business`; fields of any record that are called as one of these \
            are ruled alike: %s.

            | stream | what it holds | sub-lists |
            |---|---|---|
            """;

    private final StreamCatalog catalog;

    private StreamReference(StreamCatalog catalog) {
        this.catalog = catalog;
    }

    /** The whole page; the same catalog always gives the same text. */
    public static String of(StreamCatalog catalog) {
        return new StreamReference(catalog).page();
    }

    private String page() {
        List<StreamDefinition> roots = catalog.all().stream().filter(stream -> !stream.isChild()).toList();
        StringBuilder page =
                new StringBuilder(
                        String.format(Locale.ROOT, INTRODUCTION, roots.size(), catalog.all().size() - roots.size(),
                                PersonalKind.knownNames()));
        roots.forEach(root -> page.append(overview(root)));
        for (StreamDefinition root : roots) {
            page.append(section("##", root));
            children(root).forEach(child -> page.append(section("###", child)));
        }
        return page.toString();
    }

    private List<StreamDefinition> children(StreamDefinition parent) {
        return catalog.all().stream().filter(stream -> stream.parent().filter(parent.name()::equals).isPresent())
                .toList();
    }

    private String overview(StreamDefinition root) {
        String children =
                children(root).stream().map(child -> link(child.name().substring(root.name().length() + 1), child))
                        .collect(Collectors.joining(", "));
        return row(link(root.name(), root), root.description(), children);
    }

    private static String link(String text, StreamDefinition stream) {
        return "[" + text + "](#" + stream.name() + ")" + (stream.enabled() ? "" : " (off)");
    }

    private String section(String heading, StreamDefinition stream) {
        return String.format(Locale.ROOT, "\n%s %s\n\n%s\n\n%s%s", heading, stream.name(), stream.description(),
                facts(stream),
                columns(stream));
    }

    private String facts(StreamDefinition stream) {
        List<String> facts = new ArrayList<>();
        if (stream.isListed()) {
            facts.add("Path: `" + stream.path() + "`"
                    + stream.scope().map(scope -> ", scope `" + scope + "`").orElse(", no scope needed"));
        }
        facts.add("Read: " + reading(stream) + (stream.optional() ? "; a company may be without it" : ""));
        if (stream.isKeyed()) {
            facts.add("Id: made of " + names(stream.key().stream().map(path -> String.join(".", path)).toList())
                    + ", since the API gives none");
        }
        facts.add("Changes: " + changes(stream));
        evidence(stream.evidence()).ifPresent(facts::add);
        stream.share().ifPresent(table -> facts.add(share(table)));
        files(stream).ifPresent(facts::add);
        persons(stream).ifPresent(facts::add);
        facts.add("Table: `pennylane." + stream.name() + "`, key `(company_id, "
                + stream.parentColumn().map(id -> id + ", ").orElse("")
                + "id)`" + stream.recordDate().map(date -> ", dated by `" + date + "`").orElse("")
                + (stream.indexes().isEmpty() ? "" : ", indexed by " + names(stream.indexes())));
        facts.add(stream.enabled() ? "Enabled" : "Not enabled: set `streams." + stream.name() + ".enabled=true`");
        return facts.stream().map(fact -> "- " + fact + "\n").collect(Collectors.joining());
    }

    private static String reading(StreamDefinition stream) {
        String how = switch (stream.reading()) {
            case KEYSET -> "in the order of ids, resumed at any record";
            case DATE_SLICES -> "in slices of the date, resumed at a slice";
            case CURSOR -> "page by page, begun again after a break";
            case WHOLE -> "in one request";
            case FIELDS -> "in one request; each field of the answer is a record";
            case SHARE -> "from the data sharing alone, month by month; a month is read again where its digest differs";
            case FISCAL_YEARS -> "from the data sharing where it shows the company, month by month; for any other by a"
                    + " question for each fiscal year, with third parties added up in their root accounts";
            case CHILDREN -> "for each new or changed record of `" + stream.parent().orElseThrow() + "`"
                    + stream.include()
                            .map(include -> ", brought along by `include=" + include + "` where Pennylane offers it")
                            .orElse("");
        };
        return stream.reading() == ReadStrategy.WHOLE || stream.reading() == ReadStrategy.FIELDS
                || stream.isShareOnly() ? how
                        : how + ", " + stream.pageSizeMax() + " a page";
    }

    private String changes(StreamDefinition stream) {
        List<String> ways = new ArrayList<>();
        stream.parent().ifPresent(parent -> ways.add("with its parent"));
        stream.changelog().ifPresent(feed -> ways.add("from `/changelogs/" + feed + "`"));
        new TreeMap<>(stream.alsoChangedBy()).forEach(
                (feed, path) -> ways.add("from `/changelogs/" + feed + "` by its `" + String.join(".", path) + "`"));
        catalog.all().stream().filter(other -> other.refreshes().containsKey(stream.name()))
                .forEach(other -> ways.add("with its `" + other.name() + "`"));
        new TreeMap<>(stream.embeds())
                .forEach((other, path) -> ways.add("when a record of `" + other + "` that it copies changes"));
        return ways.isEmpty() ? "no changelog, found by reading the list again" : String.join(", ", ways);
    }

    private static Optional<String> evidence(Evidence evidence) {
        List<String> ways = new ArrayList<>();
        new TreeMap<>(evidence.filteredBy()).forEach((stream, field) -> ways
                .add("where the parents' list, filtered by `" + field + "` of `" + stream
                        + "`, leaves the parent out"));
        if (!evidence.concernedBy().isEmpty()) {
            ways.add("where one event alone changed the parent, and none of its " + names(evidence.concernedBy())
                    + (evidence.settlement().isEmpty() ? ""
                            : ", " + names(evidence.settlement().subList(0, 2)) + " by the same sum at most"));
        }
        if (!evidence.mirrors().isEmpty()) {
            ways.add("derived from " + names(evidence.mirrors().keySet().stream().sorted().toList())
                    + " after a history, when these are read");
        }
        return ways.isEmpty() ? Optional.empty() : Optional.of("Not asked for: " + String.join("; ", ways));
    }

    private static String share(ShareTable table) {
        return "Data sharing: `" + table.table() + "`"
                + (table.hasId() ? "" : ", rows told apart by " + names(table.key()))
                + table.period().map(period -> ", partitions by `" + period + "`").orElse(", one partition")
                + table.columns().stream()
                        .filter(column -> column.fills().isPresent() && !column.fills().get().equals(column.name()))
                        .map(column -> "`" + column.name() + "` as `" + column.fills().get() + "`")
                        .collect(Collectors.collectingAndThen(Collectors.joining(", "),
                                text -> text.isEmpty() ? "" : "; " + text));
    }

    private static String names(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static Optional<String> files(StreamDefinition stream) {
        if (stream.files().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(stream.files().stream().map(file -> "`" + file.name() + "`"
                + file.namePath().map(name -> " (named by `" + String.join(".", name) + "`)").orElse(""))
                .collect(Collectors.joining(", ", "Files: ", "")));
    }

    private static Optional<String> persons(StreamDefinition stream) {
        Map<String, List<String>> persons = new TreeMap<>(stream.personal().persons());
        return persons.isEmpty() ? Optional.empty()
                : Optional.of(persons.entrySet().stream()
                        .map(person -> person.getKey() + " by `" + String.join(".", person.getValue()) + "`")
                        .collect(Collectors.joining(", ", "Persons: ", "")));
    }

    private static String columns(StreamDefinition stream) {
        if (stream.columns().isEmpty()) {
            return "";
        }
        boolean personal = stream.columns().stream()
                .anyMatch(column -> stream.personal().field(column.path()).isPresent());
        return stream.columns().stream().map(column -> column(stream, column, personal))
                .collect(Collectors.joining("", personal
                        ? "\n| column | type | what it holds | from | personal |\n|---|---|---|---|---|\n"
                        : "\n| column | type | what it holds | from |\n|---|---|---|---|\n", ""));
    }

    private static String column(StreamDefinition stream, Column column, boolean personal) {
        String path = String.join(".", column.path());
        String name = "`" + column.name() + "`";
        String from = path.equals(column.name()) ? "" : "`" + path + "`";
        String says = column.description().orElse("")
                + column.references().map(other -> " ([" + other + "](#" + other + "))").orElse("");
        return !personal ? row(name, column.type().sql(), says, from)
                : row(name, column.type().sql(), says, from,
                        stream.personal().field(column.path()).map(PersonalField::description).orElse(""));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}

package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.FactsRefused;
import fr.pennylanesync.stream.Fault;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A stream file holds the facts of one stream, complete and plausible, and no logic. */
final class StreamFacts implements Rule {

    /** The feeds that Pennylane documents below {@code /changelogs/}. */
    static final Set<String> FEEDS = Set.of("customer_invoices", "supplier_invoices", "customers", "suppliers", "products", "transactions",
            "quotes", "ledger_entry_lines", "ledger_entries_categories", "ledger_entry_lines_categories");
    /** The domains of the scopes that Pennylane documents for reading lists. */
    static final Set<String> SCOPES = Set.of("bank_accounts", "bank_establishments", "billing_subscriptions", "categories",
            "commercial_documents", "customer_invoices", "customer_invoice_templates", "customer_mandates", "customers", "fiscal_years",
            "journals", "ledger_accounts", "ledger_entries", "pa_registrations", "products", "purchase_requests", "quotes",
            "supplier_invoices", "suppliers", "transactions", "trial_balance");
    /** The largest pages that Pennylane documents: 1000 on a few lists, 100 on all others. */
    static final Set<Integer> PAGE_SIZES = Set.of(100, 1000);

    private static final JsonPointer STEPS = JsonPointer.compile("/0/route/from/steps");

    @Override
    public Stream<Fault> check(RouteTree tree) {
        return tree.in(Folder.STREAMS).flatMap(file -> Stream.concat(handOver(file), facts(tree, file)));
    }

    private static Stream<Fault> handOver(RouteFile file) {
        JsonNode steps = file.root().at(STEPS);
        boolean plain = steps.size() == 2 && steps.path(0).has("setVariable") && steps.at("/1/to/uri").asText().equals("direct:sync-stream");
        return plain ? Stream.empty() : Stream.of(file.fault(STEPS, "a stream file with more than facts",
                "set the variable `stream`, call direct:sync-stream, and leave all else to the steps"));
    }

    private static Stream<Fault> facts(RouteTree tree, RouteFile file) {
        try {
            return doubts(tree, StreamFile.open(file.path(), file.content())).stream();
        } catch (FactsRefused refused) {
            return refused.faults().stream();
        }
    }

    private static List<Fault> doubts(RouteTree tree, StreamFile file) {
        StreamDefinition stream = file.definition();
        List<Fault> doubts = new ArrayList<>();
        stream.parent().filter(parent -> !tree.has(Folder.STREAMS, parent)).ifPresent(parent ->
                doubts.add(file.fault("parent", "its parent is no stream", "declare streams/" + parent + ".yaml")));
        stream.changelog().filter(feed -> !isKnown(FEEDS, feed, stream)).ifPresent(feed ->
                doubts.add(file.fault("changelog", "no such changelog: " + feed, "use a documented feed, or none: a sweep finds the changes")));
        stream.changelog().filter(feed -> stream.isChild()).ifPresent(feed ->
                doubts.add(file.fault("changelog", "a child with a changelog", "remove it: a child is read again with its parent")));
        stream.scope().filter(scope -> !isKnown(SCOPES, scope, stream)).ifPresent(scope ->
                doubts.add(file.fault("scope", "no such scope: " + scope, "use the part before `:readonly` of the API reference")));
        if (!PAGE_SIZES.contains(stream.pageSizeMax())) {
            doubts.add(file.fault("page-size", "a page size of " + stream.pageSizeMax(), "use the documented maximum, 100 or 1000"));
        }
        stream.recordDate().filter(date -> !isDateColumn(stream, date)).ifPresent(date ->
                doubts.add(file.fault("record-date", "`record-date` is no date of this stream", "name the path of a date or timestamptz column")));
        stream.columns().stream().filter(StreamFacts::isLink).forEach(column ->
                doubts.add(file.fault("columns/" + column.name(), "column `" + column.name() + "` holds a link",
                        "remove it; if a file is behind the link, declare it below `files:`")));
        return doubts;
    }

    /** A resource that Pennylane adds tomorrow names its scope and feed as its path: it must not need a new release of ours. */
    private static boolean isKnown(Set<String> documented, String name, StreamDefinition stream) {
        return documented.contains(name) || stream.path().equals("/" + name) || stream.path().startsWith("/" + name + "/");
    }

    private static boolean isDateColumn(StreamDefinition stream, String path) {
        return stream.columns().stream().filter(column -> String.join(".", column.path()).equals(path)).map(Column::type)
                .anyMatch(type -> type == ColumnType.DATE || type == ColumnType.TIMESTAMPTZ);
    }

    private static boolean isLink(Column column) {
        String last = column.path().get(column.path().size() - 1);
        return last.equals("url") || last.endsWith("_url");
    }
}

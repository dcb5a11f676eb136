package fr.pennylanesync.lint;

import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.Fact;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RouteFiles;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Facts that can be read but cannot be right, held against what Pennylane documents and against the other streams. */
final class StreamDoubts {

    /** The feeds that Pennylane documents below {@code /changelogs/}. */
    private static final Set<String> FEEDS =
            Set.of("customer_invoices", "supplier_invoices", "customers", "suppliers", "products",
                    "transactions", "quotes", "ledger_entry_lines", "ledger_entries_categories",
                    "ledger_entry_lines_categories");
    /** The domains of the scopes that Pennylane documents for reading lists. */
    private static final Set<String> SCOPES =
            Set.of("bank_accounts", "bank_establishments", "billing_subscriptions", "categories",
                    "commercial_documents", "customer_invoices", "customer_invoice_templates", "customer_mandates",
                    "customers", "fiscal_years",
                    "journals", "ledger_accounts", "ledger_entries", "pa_registrations", "products",
                    "purchase_requests", "quotes",
                    "supplier_invoices", "suppliers", "transactions", "trial_balance");
    /** The largest pages that Pennylane documents: 1000 on a few lists, 100 on all others. */
    private static final Set<Integer> PAGE_SIZES = Set.of(100, 1000);
    private static final Set<ColumnType> DATES = Set.of(ColumnType.DATE, ColumnType.TIMESTAMPTZ);

    private final StreamFile file;
    private final StreamDefinition stream;
    private final RouteTree tree;
    private final List<FactsFault> doubts = new ArrayList<>();

    private StreamDoubts(StreamFile file, RouteTree tree) {
        this.file = file;
        this.stream = file.definition();
        this.tree = tree;
    }

    static List<FactsFault> about(StreamFile file, RouteTree tree) {
        StreamDoubts doubts = new StreamDoubts(file, tree);
        doubts.doubtRelations();
        doubts.doubtReading();
        doubts.doubtFeeds();
        doubts.doubtColumns();
        return List.copyOf(doubts.doubts);
    }

    private void doubtRelations() {
        stream.parent().filter(parent -> !tree.has(Folder.STREAMS, parent))
                .ifPresent(parent -> doubt(Fact.PARENT, "its parent is no stream",
                        "declare streams/" + parent + RouteFiles.ENDING));
        stream.refreshes().keySet().stream().filter(other -> !tree.has(Folder.STREAMS, other))
                .forEach(other -> doubt(Fact.REFRESHES, other, "it refreshes no stream",
                        "declare streams/" + other + RouteFiles.ENDING));
    }

    private void doubtReading() {
        stream.scopes().stream().filter(scope -> !isKnown(SCOPES, scope))
                .forEach(scope -> doubt(Fact.SCOPE, "no such scope: " + scope,
                        "use the part before `:readonly` of the API reference"));
        if (!PAGE_SIZES.contains(stream.pageSizeMax())) {
            doubt(Fact.PAGE_SIZE, "a page size of " + stream.pageSizeMax(), "use the documented maximum, 100 or 1000");
        }
    }

    private void doubtFeeds() {
        stream.changelog().ifPresent(feed -> doubtFeed(feed,
                (rule, remedy) -> doubt(Fact.CHANGELOG, rule, remedy)));
        stream.alsoChangedBy().keySet().forEach(feed -> doubtFeed(feed,
                (rule, remedy) -> doubt(Fact.ALSO_CHANGED_BY, feed, rule, remedy)));
    }

    private void doubtFeed(String feed, BiConsumer<String, String> doubt) {
        if (stream.isChild()) {
            doubt.accept("a child with a changelog", "remove it: a child is read again with its parent");
        } else if (!isKnown(FEEDS, feed)) {
            doubt.accept("no such changelog: " + feed, "use a documented feed, or none: a sweep finds the changes");
        }
    }

    /**
     * A resource that Pennylane adds tomorrow names its scope and feed as its path: it must not need a new release of
     * ours.
     */
    private boolean isKnown(Set<String> documented, String name) {
        return documented.contains(name) || stream.path().equals("/" + name)
                || stream.path().startsWith("/" + name + "/");
    }

    private void doubtColumns() {
        stream.recordDate().filter(date -> !isDateColumn(date)).ifPresent(date -> doubt(Fact.RECORD_DATE,
                "`record-date` is no date of this stream", "name the path of a date or timestamptz column"));
        stream.columns().stream().filter(StreamDoubts::isLink)
                .forEach(column -> doubt(Fact.COLUMNS, column.name(), "column `" + column.name() + "` holds a link",
                        "remove it; if a file is behind the link, declare it below `files:`"));
    }

    private boolean isDateColumn(String path) {
        return stream.columns().stream().filter(column -> String.join(".", column.path()).equals(path))
                .anyMatch(column -> DATES.contains(column.type()));
    }

    private static boolean isLink(Column column) {
        String last = column.path().get(column.path().size() - 1);
        return last.equals("url") || last.endsWith("_url");
    }

    private void doubt(Fact fact, String rule, String remedy) {
        doubts.add(file.fault(fact, rule, remedy));
    }

    private void doubt(Fact fact, String line, String rule, String remedy) {
        doubts.add(file.fault(fact, line, rule, remedy));
    }
}

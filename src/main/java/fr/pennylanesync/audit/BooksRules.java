package fr.pennylanesync.audit;

import fr.pennylanesync.audit.Concern.Known;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the rules that the streams of a catalogue can be held against. A rule whose stream or column the catalogue does
 * not have is none; references that may dangle by right, such as that of a line to a product, have no rule.
 */
final class BooksRules {

    private static final String LINES = Reference.LINES;
    private static final String ENTRIES = Reference.ENTRIES;
    /** Names what pays invoices, each with the part of it that does not. */
    private static final Map<String, String> PAID_BY = Map.of("payments",
            " and status not in ('aborted', 'error', 'cancelled', 'failed', 'charged_back', 'refunded', 'not_found',"
                    + " 'customer_approval_denied', 'draft')",
            "matched_transactions", "");
    /** Documents whose amounts are the sums of their lines'; whether one may be without any line. */
    private static final Map<String, Boolean> SUMS = Map.of("customer_invoices", false, "quotes", false,
            "commercial_documents", false, "supplier_invoices", true);
    /** A record may be older than its event for a while, where a replica lags behind. */
    private static final int OLD_READINGS_MIN = 3;

    private final StreamCatalog catalog;
    private final List<BooksRule> rules = new ArrayList<>();

    private BooksRules(StreamCatalog catalog) {
        this.catalog = catalog;
    }

    static List<BooksRule> of(StreamCatalog catalog) {
        BooksRules made = new BooksRules(catalog);
        made.entries();
        Reference.BINDING.forEach(made::reference);
        catalog.all().forEach(made::parent);
        SUMS.forEach(made::sum);
        Reference.USUAL.forEach(made::hint);
        SUMS.keySet().forEach(made::total);
        List.of("customer_invoices", "supplier_invoices")
                .forEach(invoices -> PAID_BY.forEach((list, counted) -> made.paid(invoices, list, counted)));
        catalog.roots().forEach(made::events);
        return List.copyOf(made.rules);
    }

    private void entries() {
        lookInto(ENTRIES, LINES, "ledger_entry_id", "debit", "credit").ifPresent(lines -> {
            Concern entriesOfLines = entriesOf(lines);
            add("unbalanced", ENTRIES, List.of(lines, catalog.find(ENTRIES).orElseThrow()),
                    Map.of(LINES, entriesOfLines), """
                    select ledger_entry_id as id, array_agg(id) as again0, array[ledger_entry_id] as again1 from %s
                    where company_id = :company and ledger_entry_id is not null
                    and (:whole or ledger_entry_id = any(:only::bigint[]))
                    group by ledger_entry_id
                    having sum(coalesce(debit, 0) - coalesce(credit, 0)) filter (where deleted_at is null) <> 0""",
                    StreamTables.table(lines));
            if (!has(ENTRIES, "date", "status")) {
                return;
            }
            // An entry that is still being prepared may have none.
            add("without lines", ENTRIES, List.of(catalog.find(ENTRIES).orElseThrow(), lines),
                    Map.of(ENTRIES, Known.RECORD, LINES, entriesOfLines), """
                    select e.id, array[e.id] as again0, array(select l.id from %2$s l where l.company_id = e.company_id
                        and l.ledger_entry_id = e.id) as again1 from %1$s e
                    where e.company_id = :company and e.deleted_at is null and e.date is not null
                    and (:whole or e.id = any(:only::bigint[]))
                    and e.status is distinct from 'draft' and not exists (select 1 from %2$s l
                        where l.company_id = e.company_id and l.ledger_entry_id = e.id and l.deleted_at is null)""",
                    StreamTables.table(catalog.find(ENTRIES).orElseThrow()), StreamTables.table(lines));
        });
    }

    /** The entries that lines are of now, and those that they were of. */
    private static Concern entriesOf(StreamDefinition lines) {
        String path = String.join(",", lines.column("ledger_entry_id").orElseThrow().path());
        return new Concern.Landed(String.format(Locale.ROOT, """
                select ledger_entry_id from %s where company_id = :company and id = any(:ids::bigint[])
                and ledger_entry_id is not null
                union select (payload #>> '{%2$s}')::bigint from pennylane_sync.record_version
                where company_id = :company and stream = '%3$s' and parent_id = 0 and id = any(:ids::bigint[])
                and replaced_by_batch_id > :since and payload #>> '{%2$s}' ~ '^[0-9]{1,18}$'""",
                StreamTables.table(lines), path, lines.name()));
    }

    /** A target whose records cannot be asked for by id counts as read again once its list was. */
    private void reference(Reference reference) {
        Optional<StreamDefinition> target = enabled(reference.target());
        lookInto(reference.target(), reference.stream(), reference.column()).ifPresent(stream -> {
            boolean selectable = target.orElseThrow().reading().selectableById();
            String unread = selectable ? "" : String.format(Locale.ROOT, """
                     and r.changed_at < (select s.swept_at from pennylane_sync.stream_state s
                        where s.company_id = r.company_id and s.stream = '%s')""", reference.target());
            add("without " + reference.column().replace("_id", "").replace('_', ' '), stream.name(),
                    List.of(stream, target.orElseThrow()),
                    Map.of(stream.name(), Known.RECORD, reference.target(), new Concern.Deleted(String.format(
                            Locale.ROOT, "select id from %s where company_id = :company and %s = any(:ids::bigint[])",
                            StreamTables.table(stream), StreamTables.quoted(reference.column())))),
                    """
                            select r.id, array[r.id] as again0, array[r.%1$s] as again1 from %2$s r
                            where r.company_id = :company and r.deleted_at is null and r.%1$s is not null
                            and (:whole or r.id = any(:only::bigint[]))
                            and not exists (select 1 from %3$s t where t.company_id = r.company_id and t.id = r.%1$s
                                and t.deleted_at is null)""" + unread,
                    StreamTables.quoted(reference.column()), StreamTables.table(stream),
                    StreamTables.table(target.orElseThrow()));
        });
    }

    /** Rows of a sub-list belong to a record, as a payment to its invoice. */
    private void parent(StreamDefinition child) {
        child.parent().flatMap(this::enabled).filter(parent -> child.enabled()).ifPresent(parent -> add(
                "without their " + child.parentColumn().orElseThrow().replace("_id", "").replace('_', ' '),
                child.name(), List.of(child, parent),
                Map.of(child.name(), Known.PARENT, parent.name(), Known.DELETED), """
                        select c.%1$s as id, array[c.%1$s] as again0, array[c.%1$s] as again1 from %2$s c
                        where c.company_id = :company and c.deleted_at is null
                        and (:whole or c.%1$s = any(:only::bigint[]))
                        and not exists (select 1 from %3$s p where p.company_id = c.company_id and p.id = c.%1$s
                            and p.deleted_at is null)
                        group by c.%1$s""",
                StreamTables.quoted(child.parentColumn().orElseThrow()), StreamTables.table(child),
                StreamTables.table(parent)));
    }

    /**
     * A total is the sum of amounts that are rounded each, or the rounded sum: of several lines the two may lie apart
     * by half a cent a line. A discount on the whole document comes off the sum if it is a percentage; a document with
     * another is left out.
     */
    private void sum(String document, boolean mayHaveNoLines) {
        String lines = document + "_invoice_lines";
        lookInto(document, lines, "currency_amount").filter(child -> has(document, "currency_amount"))
                .ifPresent(child -> {
                    StreamDefinition parent = catalog.find(document).orElseThrow();
                    boolean discounts = has(document, "discount_type") && has(document, "discount_value");
                    String factor = discounts
                            ? "case when p.discount_type = 'relative' then 1 - coalesce(p.discount_value, 0) / 100"
                                    + " else 1 end"
                            : "1";
                    String known = discounts
                            ? " and (p.discount_type = 'relative' or coalesce(p.discount_value, 0) = 0)"
                            : "";
                    add("not the sum of its lines", document, List.of(child, parent),
                            Map.of(child.name(), Known.PARENT, document, Known.RECORD), """
                            select p.id, array[p.id] as again0, array[p.id] as again1 from %1$s p
                            left join (select company_id, %2$s as id, count(*) as n, sum(currency_amount) as total
                                from %3$s where company_id = :company and deleted_at is null
                                and (:whole or %2$s = any(:only::bigint[])) group by 1, 2) l using (company_id, id)
                            where p.company_id = :company and p.deleted_at is null and p.currency_amount is not null
                            and (:whole or p.id = any(:only::bigint[]))
                            and p.source = 'api' and (l.n is not null or not %4$s)
                            and abs(p.currency_amount - coalesce(l.total, 0) * %5$s)
                                > floor(coalesce(l.n, 0) / 2.0) * 0.01 + case when %5$s = 1 then 0 else 0.01 end"""
                                    + known,
                            StreamTables.table(parent), StreamTables.quoted(child.parentColumn().orElseThrow()),
                            StreamTables.table(child), mayHaveNoLines, factor);
                });
    }

    /** Asks for what is named and not here, whose list may have lost it. */
    private void hint(Reference reference) {
        Optional<StreamDefinition> target = enabled(reference.target())
                .filter(stream -> stream.reading().selectableById());
        target.flatMap(any -> enabled(reference.stream())).filter(stream -> reference.column().equals("id")
                || has(reference.stream(), reference.column())).ifPresent(stream -> addHint(
                        "names unknown " + reference.target().replace('_', ' ') + " by "
                                + reference.column().replace('_', ' '),
                        stream.name(), List.of(target.orElseThrow()),
                        Map.of(stream.name(), stream.isChild() ? Known.PARENT : Known.RECORD), """
                                select r.%1$s as id, array_agg(distinct r.%2$s) as again0 from %3$s r
                                where r.company_id = :company and r.deleted_at is null and r.%2$s is not null
                                and (:whole or r.%1$s = any(:only::bigint[]))
                                and not exists (select 1 from %4$s t where t.company_id = r.company_id
                                    and t.id = r.%2$s)
                                group by r.%1$s""",
                        StreamTables.quoted(stream.parentColumn().orElse("id")),
                        StreamTables.quoted(reference.column()), StreamTables.table(stream),
                        StreamTables.table(target.orElseThrow())));
    }

    /** A total is what it is before tax, and the tax; a document that somebody typed may have it otherwise. */
    private void total(String document) {
        enabled(document).filter(stream -> has(document, "currency_amount", "currency_amount_before_tax",
                "currency_tax")).ifPresent(stream -> addHint("not the sum of its parts", document, List.of(stream),
                        Map.of(document, Known.RECORD), """
                        select id, array[id] as again0 from %s where company_id = :company and deleted_at is null
                        and (:whole or id = any(:only::bigint[]))
                        and source = 'api' and currency_amount <> currency_amount_before_tax + currency_tax""",
                        StreamTables.table(stream)));
    }

    /**
     * Asks again for the sub-list of an invoice of which more is paid than that says, where nine in ten of the
     * company's paid invoices have theirs whole: it may have been cut.
     */
    private void paid(String invoices, String list, String counted) {
        lookInto(invoices, invoices + "_" + list, "currency_amount")
                .filter(child -> has(invoices, "currency_amount", "remaining_amount_with_tax")
                        && (counted.isEmpty() || has(child.name(), "status")))
                .ifPresent(child -> addHint("more paid than its " + list.replace('_', ' '), invoices,
                        List.of(child, catalog.find(invoices).orElseThrow()), Map.of(), """
                                with paid as (
                                    select p.id, coalesce(l.total, 0) as total, abs(p.currency_amount)
                                        - abs(coalesce(p.remaining_amount_with_tax, p.currency_amount)) - 0.01 as part
                                    from %1$s p left join (
                                        select company_id, %2$s as id, sum(abs(currency_amount)) as total from %3$s
                                        where company_id = :company and deleted_at is null%4$s group by 1, 2) l
                                        using (company_id, id)
                                    where p.company_id = :company and p.deleted_at is null and p.source = 'api')
                                select id, array[id] as again0, array[id] as again1 from paid
                                where part > 0 and total < part and (
                                    select count(*) >= 10 and count(*) filter (where total >= part) >= 0.9 * count(*)
                                    from paid where part > 0)""",
                        StreamTables.table(catalog.find(invoices).orElseThrow()),
                        StreamTables.quoted(child.parentColumn().orElseThrow()), StreamTables.table(child), counted));
    }

    /** Holds records against what their changelog said last: deleted, or as new as the event says. */
    private void events(StreamDefinition stream) {
        stream.changelog().ifPresent(feed -> add("older than its event", stream.name(), List.of(stream), Map.of(), """
                select e.id, array[e.id] as again0 from (
                    select distinct on (id) id, operation from pennylane_sync.seen_event
                    where company_id = :company and feed = '%s' order by id, processed_at desc, occurrence desc) e
                join %s r on r.company_id = :company and r.id = e.id and r.deleted_at is null
                where e.operation = 'delete'
                union select s.id, array[s.id] from pennylane_sync.stale_read s
                where s.company_id = :company and s.stream = '%s' and s.attempts >= %d""",
                Checkpoint.feed(feed), StreamTables.table(stream), stream.name(), OLD_READINGS_MIN));
    }

    private void add(String name, String stream, List<StreamDefinition> again, Map<String, Concern> concerns,
            String sql, Object... parts) {
        add(name, stream, again, true, concerns, String.format(Locale.ROOT, sql, parts));
    }

    private void addHint(String name, String stream, List<StreamDefinition> again, Map<String, Concern> concerns,
            String sql, Object... parts) {
        add(name, stream, again, false, concerns, String.format(Locale.ROOT, sql, parts));
    }

    private void add(String name, String stream, List<StreamDefinition> again, boolean binding,
            Map<String, Concern> concerns, String sql) {
        Set<String> streams = new LinkedHashSet<>(Set.of(stream));
        again.forEach(one -> streams.add(one.name()));
        rules.add(new BooksRule(name, stream, streams, again, binding, concerns, sql));
    }

    /** The stream of the given columns, where it and the other are read. */
    private Optional<StreamDefinition> lookInto(String other, String stream, String... columns) {
        return enabled(other).flatMap(any -> enabled(stream)).filter(any -> has(stream, columns));
    }

    private Optional<StreamDefinition> enabled(String stream) {
        return catalog.find(stream).filter(StreamDefinition::enabled);
    }

    private boolean has(String stream, String... columns) {
        Collection<String> declared =
                catalog.find(stream).orElseThrow().columns().stream().map(column -> column.name()).toList();
        return Stream.of(columns).allMatch(declared::contains);
    }
}

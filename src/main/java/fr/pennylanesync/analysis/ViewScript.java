package fr.pennylanesync.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One view with its French alias and their comments, as plain SQL.
 *
 * @param views what it makes, in order
 * @param reads the tables and views of schema {@code pennylane} that it needs
 */
record ViewScript(String name, String sql, List<String> views, Set<String> reads) {

    /** The scripts, each after those whose views it reads. */
    private static final List<String> NAMES = List.of("companies", "general_ledger", "trial_balance_by_period",
            "income_statement", "balance_sheet", "ledger_by_category", "aged_receivables", "aged_payables",
            "customer_balances", "supplier_balances", "invoices_with_files", "vat_by_period", "cash_position");
    private static final Pattern MADE = Pattern.compile("create view pennylane\\.(\\w+)");
    private static final Pattern READ = Pattern.compile("(?:from|join)\\s+pennylane\\.(\\w+)");

    static List<ViewScript> all() {
        return NAMES.stream().map(ViewScript::read).toList();
    }

    private static ViewScript read(String name) {
        try (InputStream text = ViewScript.class.getResourceAsStream(name + ".sql")) {
            if (text == null) {
                throw new IllegalStateException("no script makes the view " + name);
            }
            return of(name, new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ViewScript of(String name, String sql) {
        Set<String> made = found(MADE, sql, new LinkedHashSet<>());
        Set<String> read = found(READ, sql, new TreeSet<>());
        read.removeAll(made);
        return new ViewScript(name, sql, List.copyOf(made), Set.copyOf(read));
    }

    private static Set<String> found(Pattern pattern, String sql, Set<String> names) {
        return pattern.matcher(sql).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(() -> names));
    }
}

package fr.pennylanesync.sandbox.books;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ledger of a period as it was at one moment: later changes do not show.
 *
 * @param entries dated entries of the period that have lines, by date, then by id
 */
public record LedgerSnapshot(LocalDate start, LocalDate end, List<BookedEntry> entries,
        Map<Long, LedgerAccount> accounts, Map<Long, Journal> journals, Map<Long, Category> categories,
        List<CategoryGroup> groups) {

    /** An entry and its lines. */
    public record BookedEntry(LedgerEntry entry, List<LedgerLine> lines) {}

    public static LedgerSnapshot of(Books books, LocalDate start, LocalDate end) {
        List<BookedEntry> entries = books.ledgerEntries().rows().stream()
                .filter(entry -> entry.date() != null && !entry.date().isBefore(start) && !entry.date().isAfter(end))
                .sorted(Comparator.comparing(LedgerEntry::date).thenComparing(LedgerEntry::id))
                .map(entry -> new BookedEntry(entry, Arrays.stream(entry.lineIds()).mapToObj(books.ledgerLines()::find)
                        .flatMap(Optional::stream).toList()))
                .filter(booked -> !booked.lines().isEmpty()).toList();
        return new LedgerSnapshot(start, end, entries, byId(books.ledgerAccounts()), byId(books.journals()),
                byId(books.categories()), List.copyOf(books.categoryGroups().rows()));
    }

    private static <R extends Row> Map<Long, R> byId(Table<R> table) {
        Map<Long, R> rows = new HashMap<>();
        table.rows().forEach(row -> rows.put(row.id(), row));
        return rows;
    }
}

package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.Row;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums of the lines of a period, per account. {@code is_auxiliary} splits third parties; otherwise they are added up in
 * their root account (401, 411).
 */
final class TrialBalance {

    private static final Shape<BalanceRow> SHAPE = Shape.<BalanceRow>plain().upTo(Shape.LARGE_LIMIT);
    private static final int NUMBER_LENGTH = 12;

    private TrialBalance() {}

    /** One row; its id is its account number read in base 36, which orders rows by number. */
    private record BalanceRow(String number, String label, long debits, long credits) implements Row {
        @Override
        public long id() {
            return Long.parseLong(padded(number, NUMBER_LENGTH), 36);
        }
    }

    static ObjectNode answer(ApiCall call) {
        LocalDate start = day(call, "period_start");
        LocalDate end = day(call, "period_end");
        boolean auxiliary = call.parameters().text("is_auxiliary").filter("true"::equals).isPresent();
        List<BalanceRow> rows = rows(call.books(), start, end, auxiliary);
        ListRequest<BalanceRow> asked = ListRequest.parse(call.parameters(), SHAPE);
        ListRequest<BalanceRow> ascending = new ListRequest<>(asked.limit(), asked.cursor(), asked.after(), Sort.byId(),
                false, List.of());
        return ListHandler.answer(call, SHAPE, ascending, Pager.page(rows, ascending), TrialBalance::json, () -> rows);
    }

    private static List<BalanceRow> rows(Books books, LocalDate start, LocalDate end, boolean auxiliary) {
        Map<Long, long[]> byAccount = new HashMap<>();
        for (LedgerLine line : books.ledgerLines().rows()) {
            if (line.day() >= start.toEpochDay() && line.day() <= end.toEpochDay()) {
                long[] sums = byAccount.computeIfAbsent(line.accountId(), id -> new long[2]);
                sums[0] += line.debit();
                sums[1] += line.credit();
            }
        }
        Map<String, BalanceRow> byNumber = new TreeMap<>();
        Map<String, String> rootLabels = auxiliary ? Map.of() : rootLabels(books);
        byAccount.forEach((id, sums) -> {
            LedgerAccount account = books.ledgerAccounts().find(id).orElseThrow();
            String number = auxiliary ? account.number() : account.rootNumber();
            BalanceRow row = new BalanceRow(number, rootLabels.getOrDefault(number, account.label()), sums[0], sums[1]);
            byNumber.merge(number, row, (one, other) -> new BalanceRow(number, one.label(), one.debits()
                    + other.debits(), one.credits() + other.credits()));
        });
        return new ArrayList<>(byNumber.values());
    }

    private static Map<String, String> rootLabels(Books books) {
        Map<String, String> labels = new HashMap<>();
        books.ledgerAccounts().rows().forEach(account -> labels.put(account.number(), account.label()));
        return labels;
    }

    private static ObjectNode json(BalanceRow row, View view) {
        return Doc.anonymous(view, row.id()).text("number", row.number())
                .text("formatted_number", padded(row.number(), 8)).text("label", row.label())
                .cents("debits", row.debits()).cents("credits", row.credits()).done();
    }

    private static String padded(String number, int length) {
        return number + "0".repeat(Math.max(0, length - number.length()));
    }

    private static LocalDate day(ApiCall call, String name) {
        String text = call.parameters().text(name)
                .orElseThrow(() -> Problem.invalid("NotExistRequiredKey", "missing required parameters: " + name,
                        name));
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notDate) {
            throw Problem.invalid("InvalidDateFormat", "\"" + text + "\" is not conformant with date format", name);
        }
    }
}

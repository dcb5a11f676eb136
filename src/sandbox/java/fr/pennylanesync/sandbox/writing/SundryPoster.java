package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import java.time.LocalDate;
import java.util.List;

/** Draws entries that come from no document: payroll, VAT, depreciation, accruals, opening balances, drafts. */
final class SundryPoster {

    private static final int OD = 4;
    private static final int PAYROLL = 5;
    private static final int OPENING = 6;

    private final Books books;
    private final Chart chart;
    private final SeededRandom random;

    SundryPoster(Books books, Chart chart, SeededRandom random) {
        this.books = books;
        this.chart = chart;
        this.random = random;
    }

    EntryDraft any(LocalDate date) {
        return switch (random.below(5)) {
            case 0, 1 -> payroll(date);
            case 2 -> vat(date);
            case 3 -> two(date, "Dotation aux amortissements", "6811", "28183", random.between(2_000, 80_000));
            default -> two(date, "Charges constatées d'avance", "486", "613", random.between(10_000, 300_000));
        };
    }

    EntryDraft opening(LocalDate date) {
        long bank = random.between(500_000, 4_000_000);
        long equipment = random.between(100_000, 900_000);
        long capital = 1_000_000;
        return draft(date, OPENING, "À-nouveaux au " + date, List.of(Posting.of(chart.account("512001"), bank),
                Posting.of(chart.account("2183"), equipment), Posting.of(chart.account("101"), -capital),
                Posting.of(chart.account("120"), capital - bank - equipment)));
    }

    /** An entry still being prepared: no date, no lines. */
    EntryDraft undated(LocalDate day) {
        return new EntryDraft(day, null, null, books.journals().get(OD).id(), null, null, null, "draft", null,
                List.of(), id -> {});
    }

    private EntryDraft payroll(LocalDate date) {
        long gross = random.between(180_000, 520_000);
        long employer = gross * 42 / 100;
        long health = gross * 15 / 100 + employer;
        long pension = gross * 7 / 100;
        return draft(date, PAYROLL, "Paie du mois", List.of(Posting.of(chart.account("641"), gross),
                Posting.of(chart.account("645"), employer), Posting.of(chart.account("431"), -health),
                Posting.of(chart.account("437"), -pension),
                Posting.of(chart.account("421"), health + pension - gross - employer)));
    }

    private EntryDraft vat(LocalDate date) {
        long collected = random.between(100_000, 900_000);
        long deductible = random.between(10_000, 90_000);
        return draft(date, OD, "Déclaration de TVA", List.of(Posting.of(chart.account("44571"), collected),
                Posting.of(chart.account("44566"), -deductible),
                Posting.of(chart.account("44551"), deductible - collected)));
    }

    private EntryDraft two(LocalDate date, String label, String debited, String credited, long amount) {
        return draft(date, OD, label, List.of(Posting.of(chart.account(debited), amount),
                Posting.of(chart.account(credited), -amount)));
    }

    private EntryDraft draft(LocalDate date, int journal, String label, List<Posting> postings) {
        return EntryDraft.sundry(date, books.journals().get(journal).id(), label,
                random.chance(50) ? "P" + random.digits(6)
                        : null,
                postings);
    }
}

package fr.pennylanesync.sandbox.share;

import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tax declaration that was due, filed or not. Made up: the API knows nothing of them.
 *
 * @param id 0 when nothing was filed
 * @param amount in cents
 */
record Declaration(long id, String type, String form, LocalDate start, LocalDate end, String status, long amount) {

    private static final int MONTHS = 24;
    private static final int IDS_PER_COMPANY = 1_000;
    private static final int FIXED_YEARLY = 500;
    private static final int AMOUNT_MAX_CENTS = 900_000;
    /** Each so many months nothing is filed. */
    private static final int MISSED_ONE_IN = 8;

    boolean isFiled() {
        return id != 0;
    }

    boolean isRefused() {
        return status.equals("rejected");
    }

    /** The monthly ones for VAT, the oldest first. */
    static List<Declaration> ofVat(CopiedBooks books) {
        SplittableRandom random = new SplittableRandom(books.companyId());
        LocalDate last = books.profile().booksEnd().withDayOfMonth(1).minusMonths(1);
        List<Declaration> declarations = new ArrayList<>();
        for (int i = 0; i < MONTHS; i++) {
            LocalDate start = last.minusMonths(MONTHS - 1L - i);
            boolean filed = i % MISSED_ONE_IN != 5;
            String status = !filed ? "" : i == MONTHS - 1 ? "sent" : i % 11 == 7 ? "rejected" : "accepted";
            declarations.add(new Declaration(filed ? books.companyId() * IDS_PER_COMPANY + i : 0, "TVA", "3310CA3",
                    start, start.with(TemporalAdjusters.lastDayOfMonth()), status, random.nextInt(AMOUNT_MAX_CENTS)));
        }
        return declarations;
    }

    /** The yearly ones, one for each fiscal year that is over. */
    static List<Declaration> ofYears(CopiedBooks books) {
        List<Declaration> declarations = new ArrayList<>();
        long id = books.companyId() * IDS_PER_COMPANY + FIXED_YEARLY;
        for (var year : books.years()) {
            if (year.finish().isBefore(books.profile().booksEnd())) {
                declarations.add(new Declaration(++id, "IS", "2572", year.start(), year.finish(), "accepted",
                        1_250_00));
                declarations.add(new Declaration(++id, "Liasse", "2050", year.start(), year.finish(), "accepted", 0));
            }
        }
        return declarations;
    }
}

package fr.pennylanesync.sandbox.share;

import java.math.BigDecimal;
import java.time.LocalDate;

/** timesheet_entries: what the firm worked for the company. It names the company without its id. */
record TimesheetTable() implements SharedTable {

    private static final int ENTRIES = 6;
    private static final int MINUTES = 45;
    private static final BigDecimal RATE = new BigDecimal("85.00");
    private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final long IDS_PER_COMPANY = 100;

    @Override
    public String name() {
        return "timesheet_entries";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        for (int i = 0; i < ENTRIES; i++) {
            LocalDate day = books.profile().booksEnd().minusWeeks(ENTRIES - i);
            long id = books.companyId() * IDS_PER_COMPANY + i;
            long minutes = (i + 1L) * MINUTES;
            line.number(id).text(books.companyName()).date(day).text("Camille Roux").text("Révision").text("REV")
                    .number(minutes).flag(i % 2 == 0).decimal(RATE)
                    .decimal(RATE.multiply(BigDecimal.valueOf(minutes)).divide(MINUTES_PER_HOUR))
                    .moment(day.toEpochDay() * DAY_MICROS).number(books.companyId()).end(id);
        }
    }
}

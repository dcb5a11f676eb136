package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Profile;

/** companies, and companies_identification for firms. */
record CompanyTable(boolean identification) implements SharedTable {

    private static final int FIRST_YEARS = 3;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int VAT_DAY = 19;

    @Override
    public String name() {
        return identification ? "companies_identification" : "companies";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        Profile company = books.profile();
        line.number(company.id()).text(company.name()).number(Firm.ID).text(Firm.NAME).text(company.name())
                .text(company.numbers().siren()).text(company.numbers().vatNumber());
        long since = company.booksEnd().minusYears(FIRST_YEARS).toEpochDay() * DAY_MICROS;
        if (identification) {
            line.none().text("company").text(Firm.ACCOUNTANT).text(Firm.SUPERVISOR).text(Firm.SUPERVISOR).moment(since);
        } else {
            line.text("FR").text("Lyon").text("69003").text("essential").flag(false).text("monthly").number(VAT_DAY)
                    .text("IS").text("réel normal").date(company.booksEnd().minusYears(FIRST_YEARS)).text("6201Z")
                    .text("Programmation informatique").text("5710").text("SAS").moment(since).moment(since);
        }
        // The company is its own key and its own filter.
        line.number(company.id()).end(company.id());
    }
}

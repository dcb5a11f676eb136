package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Profile;

/** company_users: the owner, where the API shows one, and the firm's accountant. */
record CompanyUserTable() implements SharedTable {

    /** As in the API's {@code /me}. */
    private static final long OWNER_OFFSET = 600_000;
    private static final long ACCOUNTANT_OFFSET = 900_000;

    @Override
    public String name() {
        return "company_users";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        Profile company = books.profile();
        if (company.owner() != null) {
            long id = company.id() + OWNER_OFFSET;
            line.number(id).number(company.id()).text(company.name()).text(company.email())
                    .text(company.owner().first()).text(company.owner().last()).date(company.booksEnd()).text("admin")
                    .none().none().end(id);
        }
        long id = company.id() + ACCOUNTANT_OFFSET;
        line.number(id).number(company.id()).text(company.name()).text(Firm.ACCOUNTANT).text("Camille").text("Roux")
                .none().text("accountant").number(Firm.ID).text(Firm.NAME).end(id);
    }
}

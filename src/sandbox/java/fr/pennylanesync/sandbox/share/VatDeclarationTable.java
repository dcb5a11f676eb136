package fr.pennylanesync.sandbox.share;

/** vat_declarations: each period, also those of which nothing was filed. It has no id and no timestamp. */
record VatDeclarationTable() implements SharedTable {

    @Override
    public String name() {
        return "vat_declarations";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        long key = 0;
        for (Declaration row : Declaration.ofVat(books)) {
            line.number(books.companyId()).text(books.companyName()).date(row.isFiled() ? row.start() : null)
                    .date(row.end()).text("monthly").flag(true);
            if (row.isFiled()) {
                line.text(row.isRefused() ? "pending" : row.status()).number(row.id()).text(row.form())
                        .cents(row.amount());
            } else {
                line.text("not done").none().none().none();
            }
            line.end(++key);
        }
    }
}

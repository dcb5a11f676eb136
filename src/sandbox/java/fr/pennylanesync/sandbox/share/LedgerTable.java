package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** general_ledger: a row for each line of the ledger, with the names and labels of what it refers to. */
record LedgerTable(ShownIds ids) implements SharedTable {

    @Override
    public String name() {
        return "general_ledger";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        BookedDocuments documents = new BookedDocuments(books);
        Map<Long, LedgerAccount> accounts = new HashMap<>();
        books.accounts().forEach(account -> accounts.put(account.id(), account));
        Map<Long, Journal> journals = new HashMap<>();
        books.journals().forEach(journal -> journals.put(journal.id(), journal));
        List<LedgerLine> lines = books.lines();
        for (int i = 0; i < lines.size(); i++) {
            LedgerLine row = lines.get(i);
            LedgerEntry entry = CopiedBooks.find(books.entries(), row.entryId()).orElseThrow();
            LedgerAccount account = accounts.get(row.accountId());
            Document document = documents.of(entry);
            line.number(books.companyId()).text(books.companyName()).number(ids.of(lines, i));
            own(row, document, line);
            line.text(account.number()).text(account.label());
            Journal journal = journals.get(row.journalId());
            line.text(journal.code()).text(journal.label());
            of(document, thirdParty(account, document, documents), line);
            line.end(row.id());
        }
    }

    private static void own(LedgerLine row, Document document, CopyLine line) {
        line.date(row.date()).id(lettering(row)).text(row.label().isEmpty() ? document.label() : row.label())
                .cents(row.debit()).cents(row.credit());
    }

    private static void of(Document document, ThirdParty party, CopyLine line) {
        line.number(document.id()).text(document.label()).text(document.invoiceNumber())
                .text(document.pieceReference());
        if (party == null) {
            line.none().none().none();
        } else {
            line.number(party.id()).text(party.account().number()).text(party.account().label());
        }
        line.text(document.link()).text(document.createdBy()).moment(document.stamps().createdMicros())
                .moment(document.stamps().updatedMicros());
    }

    /** The account's own; else, on accounts of third parties and of money, the document's. */
    private static ThirdParty thirdParty(LedgerAccount account, Document document, BookedDocuments documents) {
        ThirdParty holder = documents.holder(account);
        boolean inherits = account.number().startsWith("4") || account.number().startsWith("5");
        return holder != null || !inherits ? holder : document.thirdParty();
    }

    /** A group of lettered lines is known by the least of their ids. */
    private static long lettering(LedgerLine row) {
        return row.lettered().length == 0 ? 0 : row.lettered()[0];
    }
}

package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankEstablishment;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import java.util.List;
import java.util.Optional;

/** bank_accounts. */
record BankAccountTable(ShownIds ids) implements SharedTable {

    @Override
    public String name() {
        return "bank_accounts";
    }

    @Override
    public void write(CopiedBooks books, CopyLine line) {
        List<BankAccount> accounts = books.bankAccounts();
        for (int i = 0; i < accounts.size(); i++) {
            BankAccount row = accounts.get(i);
            Optional<LedgerAccount> ledger = CopiedBooks.find(books.accounts(), row.ledgerAccountId());
            line.number(ids.of(accounts, i)).number(books.companyId()).text(books.companyName())
                    .number(row.establishmentId()).text(CopiedBooks.find(books.establishments(), row.establishmentId())
                            .map(BankEstablishment::name).orElse(null))
                    .text(row.name()).text("aggregator").id(row.ledgerAccountId())
                    .text(ledger.map(LedgerAccount::number).orElse(null))
                    .text(ledger.map(LedgerAccount::label).orElse(null)).text(row.currency()).flag(true).flag(true)
                    .cents(row.balance()).flag(true).moment(row.stamps().updatedMicros())
                    .moment(row.stamps().createdMicros()).moment(row.stamps().updatedMicros()).end(row.id());
        }
    }
}

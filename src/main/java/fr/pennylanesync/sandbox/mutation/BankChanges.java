package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.writing.EntryDraft;
import fr.pennylanesync.sandbox.writing.Posting;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What happens to bank accounts, which have no feed, and to transactions that pay no invoice. */
final class BankChanges {

    private static final int MOST_ACCOUNTS = 20;

    private BankChanges() {}

    static boolean insertTransaction(Pen pen) {
        BankAccount account = pen.books().bankAccounts().get(pen.dice().below(2));
        long amount = -pen.dice().between(500, 90_000);
        BankTransaction transaction = new BankTransaction(pen.nextId("transactions"), pen.created(),
                pen.label("CB FOURNITURES"), pen.today(), 0, Totals.EURO, amount, amount, 0, amount, true,
                account.journalId(), account.id(), null, 0, 0, null, List.of(), pen.categories());
        pen.insert(Streams.TRANSACTIONS, transaction);
        pen.update(Streams.BANK_ACCOUNTS, account.withBalance(account.balance() + amount,
                pen.updated(account.stamps())));
        new EntryBook(pen).post(EntryDraft.sundry(pen.today(), account.journalId(), transaction.label(), null,
                List.of(Posting.of(account.ledgerAccountId(), amount),
                Posting.of(new EntryBook(pen).account("606"), -amount))));
        return true;
    }

    static boolean relabelTransaction(Pen pen) {
        return transaction(pen, transaction -> true, transaction -> pen.update(Streams.TRANSACTIONS,
                transaction.withLabel(pen.label("VIR " + pen.dice().digits(6)), pen.updated(transaction.stamps()))));
    }

    static boolean allocateTransaction(Pen pen) {
        return transaction(pen, transaction -> true, transaction -> pen.updateBelow(Streams.TRANSACTIONS,
                transaction.withCategories(pen.categories(), pen.updatedBelow(transaction.stamps()))));
    }

    static boolean archiveTransaction(Pen pen) {
        return transaction(pen, transaction -> transaction.matched().isEmpty() && transaction.archivedMicros() == 0,
                transaction -> pen.update(Streams.TRANSACTIONS,
                transaction.archived(pen.nowMicros(), pen.updated(transaction.stamps()))));
    }

    static boolean removeTransaction(Pen pen) {
        return transaction(pen, transaction -> transaction.archivedMicros() != 0, transaction ->
                pen.remove(Streams.TRANSACTIONS, transaction));
    }

    static boolean insertAccount(Pen pen) {
        if (pen.books().bankAccounts().size() >= MOST_ACCOUNTS) {
            return false;
        }
        BankAccount model = pen.books().bankAccounts().get(0);
        String name = pen.desk().prose().name("Livret " + pen.dice().digits(3));
        pen.insert(Streams.BANK_ACCOUNTS, new BankAccount(pen.nextId("bank_accounts"), pen.created(), name, Totals.EURO,
                0, model.establishmentId(), model.journalId(), Accounts.open(pen, "512", name, false)));
        return true;
    }

    static boolean renameAccount(Pen pen) {
        BankAccount account = pen.any(Streams.BANK_ACCOUNTS);
        pen.update(Streams.BANK_ACCOUNTS, account.withName(pen.desk().prose().name("Compte " + pen.dice().digits(3)),
                pen.updated(account.stamps())));
        return true;
    }

    private static boolean transaction(Pen pen, Predicate<BankTransaction> fits, Consumer<BankTransaction> change) {
        Optional<BankTransaction> found = pen.pick(Streams.TRANSACTIONS, fits);
        found.ifPresent(change);
        return found.isPresent();
    }
}

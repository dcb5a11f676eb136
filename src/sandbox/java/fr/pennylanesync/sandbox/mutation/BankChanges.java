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

    static boolean insertTransaction(BooksEditor editor) {
        BankAccount account = editor.books().bankAccounts().get(editor.dice().below(2));
        long amount = -editor.dice().between(500, 90_000);
        BankTransaction transaction = new BankTransaction(editor.nextId("transactions"), editor.created(),
                editor.label("CB FOURNITURES"), editor.today(), 0, Totals.EURO, amount, amount, 0, amount, true,
                account.journalId(), account.id(), null, 0, 0, null, List.of(), editor.categories());
        editor.insert(Streams.TRANSACTIONS, transaction);
        editor.update(Streams.BANK_ACCOUNTS, account.withBalance(account.balance() + amount,
                editor.updated(account.stamps())));
        new EntryBook(editor).post(EntryDraft.sundry(editor.today(), account.journalId(), transaction.label(), null,
                List.of(Posting.of(account.ledgerAccountId(), amount),
                        Posting.of(new EntryBook(editor).account("606"), -amount))));
        return true;
    }

    static boolean relabelTransaction(BooksEditor editor) {
        return transaction(editor, transaction -> true, transaction -> editor.update(Streams.TRANSACTIONS,
                transaction.withLabel(editor.label("VIR " + editor.dice().digits(6)),
                        editor.updated(transaction.stamps()))));
    }

    static boolean allocateTransaction(BooksEditor editor) {
        return transaction(editor, transaction -> true, transaction -> editor.updateBelow(Streams.TRANSACTIONS,
                transaction.withCategories(editor.categories(), editor.updatedBelow(transaction.stamps()))));
    }

    static boolean archiveTransaction(BooksEditor editor) {
        return transaction(editor, transaction -> transaction.matched().isEmpty() && transaction.archivedMicros() == 0,
                transaction -> editor.update(Streams.TRANSACTIONS,
                        transaction.archived(editor.nowMicros(), editor.updated(transaction.stamps()))));
    }

    static boolean removeTransaction(BooksEditor editor) {
        return transaction(editor, transaction -> transaction.archivedMicros() != 0,
                transaction -> editor.remove(Streams.TRANSACTIONS, transaction));
    }

    static boolean insertAccount(BooksEditor editor) {
        if (editor.books().bankAccounts().size() >= MOST_ACCOUNTS) {
            return false;
        }
        BankAccount model = editor.books().bankAccounts().get(0);
        String name = editor.desk().prose().name("Livret " + editor.dice().digits(3));
        editor.insert(Streams.BANK_ACCOUNTS,
                new BankAccount(editor.nextId("bank_accounts"), editor.created(), name, Totals.EURO,
                        0, model.establishmentId(), model.journalId(), Accounts.open(editor, "512", name, false)));
        return true;
    }

    static boolean renameAccount(BooksEditor editor) {
        BankAccount account = editor.any(Streams.BANK_ACCOUNTS);
        editor.update(Streams.BANK_ACCOUNTS,
                account.withName(editor.desk().prose().name("Compte " + editor.dice().digits(3)),
                        editor.updated(account.stamps())));
        return true;
    }

    private static boolean transaction(BooksEditor editor, Predicate<BankTransaction> fits,
            Consumer<BankTransaction> change) {
        Optional<BankTransaction> found = editor.pick(Streams.TRANSACTIONS, fits);
        found.ifPresent(change);
        return found.isPresent();
    }
}

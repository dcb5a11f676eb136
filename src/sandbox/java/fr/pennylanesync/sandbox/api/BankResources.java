package fr.pennylanesync.sandbox.api;

import static fr.pennylanesync.sandbox.api.FilterOperator.COMPARISONS;
import static fr.pennylanesync.sandbox.api.FilterOperator.EQUALITY_AND_LISTS;
import static fr.pennylanesync.sandbox.api.ValueType.DATE;
import static fr.pennylanesync.sandbox.api.ValueType.INTEGER;

import fr.pennylanesync.sandbox.books.BankEstablishment;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.Books;
import java.util.List;

/** The bank: establishments, accounts, transactions. */
final class BankResources {

    private BankResources() {}

    static List<Resource<?>> all() {
        return List.of(transactions(),
                Resource.of("bank_accounts", SandboxScopes.of("bank_accounts"), Books::bankAccounts, BankJson::account,
                        Shape.sortable()).withOne(),
                Resource.of("bank_establishments", SandboxScopes.of("bank_establishments"),
                        Books::bankEstablishments, BankJson::establishment,
                        Shape.<BankEstablishment>sortable().filterId()));
    }

    private static Resource<BankTransaction> transactions() {
        Shape<BankTransaction> shape = Shape.<BankTransaction>sortable()
                .filter("id", INTEGER, EQUALITY_AND_LISTS, BankTransaction::id)
                .filter("bank_account_id", INTEGER, EQUALITY_AND_LISTS, BankTransaction::bankAccountId)
                .filter("journal_id", INTEGER, EQUALITY_AND_LISTS, BankTransaction::journalId)
                .filter("date", DATE, COMPARISONS, BankTransaction::date);
        return Resource
                .of("transactions", SandboxScopes.of("transactions"), Books::transactions, BankJson::transaction, shape)
                .withOne().child("categories", (transaction, books) -> transaction.categories(),
                        ThirdPartyJson::allocation, Shape.plain())
                .child("matched_invoices", (transaction, books) -> transaction.matched(), BankJson::matchedInvoice,
                        Shape.plain());
    }
}

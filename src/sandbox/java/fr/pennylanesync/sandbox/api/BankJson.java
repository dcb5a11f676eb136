package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.BankAccount;
import fr.pennylanesync.sandbox.books.BankEstablishment;
import fr.pennylanesync.sandbox.books.BankTransaction;
import fr.pennylanesync.sandbox.books.CardHolder;
import fr.pennylanesync.sandbox.books.MatchedInvoice;

/** The JSON of the bank. */
final class BankJson {

    private BankJson() {}

    static ObjectNode establishment(BankEstablishment establishment, View view) {
        return Doc.of(view, establishment.id()).text("name", establishment.name()).stamps(establishment.stamps())
                .done();
    }

    static ObjectNode account(BankAccount account, View view) {
        return Doc.of(view, account.id()).text("name", account.name()).text("currency", account.currency())
                .cents("balance", account.balance()).stamps(account.stamps())
                .bare("bank_establishment", account.establishmentId())
                .reference("journal", account.journalId(), "/journals")
                .reference("ledger_account", account.ledgerAccountId(), "/ledger_accounts").done();
    }

    static ObjectNode transaction(BankTransaction transaction, View view) {
        return common(transaction, view).reference("journal", transaction.journalId(), "/journals")
                .reference("customer", transaction.customerId(), "/customers")
                .reference("supplier", transaction.supplierId(), "/suppliers")
                .link("matched_invoices", "/transactions/" + transaction.id() + "/matched_invoices")
                .text("interbank_code", transaction.interbankCode()).done();
    }

    /** As the list under a customer invoice shows it. */
    static ObjectNode underCustomerInvoice(BankTransaction transaction, View view) {
        return common(transaction, view).bare("journal", transaction.journalId())
                .reference("customer", transaction.customerId(), "/customers").done();
    }

    /** As the list under a supplier invoice shows it. */
    static ObjectNode underSupplierInvoice(BankTransaction transaction, View view) {
        return common(transaction, view).bare("journal", transaction.journalId())
                .reference("supplier", transaction.supplierId(), "/suppliers").done();
    }

    static ObjectNode matchedInvoice(MatchedInvoice matched, View view) {
        String path = matched.customer() ? "/customer_invoices/" : "/supplier_invoices/";
        return Doc.of(view, matched.id()).text("type", matched.customer() ? "customer" : "supplier")
                .text("url", view.api(path + matched.id())).done();
    }

    private static Doc common(BankTransaction transaction, View view) {
        Doc doc = Doc.of(view, transaction.id()).text("label", transaction.label())
                .flag("attachment_required", transaction.attachmentRequired()).date("date", transaction.date())
                .cents("outstanding_balance", transaction.outstanding()).stamps(transaction.stamps())
                .moment("archived_at", transaction.archivedMicros()).text("currency", transaction.currency())
                .cents("currency_amount", transaction.currencyAmount()).cents("amount", transaction.amount());
        if (transaction.fee() == 0) {
            doc.text("currency_fee", null).text("fee", null);
        } else {
            doc.cents("currency_fee", transaction.fee()).cents("fee", transaction.fee());
        }
        return doc.reference("bank_account", transaction.bankAccountId(), "/bank_accounts")
                .node("pro_account_expense", expense(transaction.cardHolder()))
                .each("categories", transaction.categories(),
                        allocation -> ThirdPartyJson.allocation(allocation, view));
    }

    private static ObjectNode expense(CardHolder holder) {
        if (holder == null) {
            return null;
        }
        ObjectNode employee = holder.employee() == null ? null
                : JsonNodeFactory.instance.objectNode()
                        .put("id", holder.employeeId()).put("first_name", holder.employee().first())
                        .put("last_name", holder.employee().last());
        return Doc.anonymous(null, 0).node("employee", employee).text("card_masked_number", holder.maskedNumber())
                .done();
    }
}

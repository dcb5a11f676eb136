package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.writing.Dice;
import java.util.List;
import java.util.stream.Stream;

/** All that can be done, in three shares: 35 % creates, 55 % changes, 10 % removes or brings back. */
final class Repertoire {

    private static final int INSERT_PERCENT = 35;
    private static final int UPDATE_PERCENT = 55;

    private static final List<Deed> INSERTS = List.of(
            new Deed("insert_customer_invoice", 12, SaleChanges::insert),
            new Deed("insert_draft", 5, SaleChanges::insertDraft),
            new Deed("insert_supplier_invoice", 12, PurchaseChanges::insert),
            new Deed("insert_transaction", 12, BankChanges::insertTransaction),
            new Deed("insert_entry", 8, LedgerChanges::insert),
            new Deed("insert_undated_entry", 2, LedgerChanges::insertUndated),
            new Deed("insert_quote", 5, DocumentChanges::insertQuote),
            new Deed("insert_customer", 3, ThirdPartyChanges::insertCustomer),
            new Deed("insert_supplier", 3, ThirdPartyChanges::insertSupplier),
            new Deed("insert_product", 3, ProductChanges::insert),
            new Deed("insert_commercial_document", 2, DocumentChanges::insertDocument),
            new Deed("insert_subscription", 2, DocumentChanges::insertSubscription),
            new Deed("insert_purchase_request", 2, DocumentChanges::insertRequest),
            new Deed("insert_mandates", 2, MandateChanges::insert),
            new Deed("insert_category", 1, CategoryChanges::insert),
            new Deed("insert_category_group", 1, CategoryChanges::insertGroup),
            new Deed("insert_journal", 1, SettingChanges::insertJournal),
            new Deed("insert_ledger_account", 1, SettingChanges::insertAccount),
            new Deed("insert_bank_account", 1, BankChanges::insertAccount),
            new Deed("insert_fiscal_year", 1, SettingChanges::insertYear),
            new Deed("insert_template", 1, SettingChanges::insertTemplate));

    private static final List<Deed> UPDATES = List.of(
            new Deed("pay_customer_invoice", 12, PaymentChanges::payCustomerInvoice),
            new Deed("pay_supplier_invoice", 12, PaymentChanges::paySupplierInvoice),
            new Deed("pay_customer_invoice_offline", 3, PaymentChanges::payOffline),
            new Deed("finalise_draft", 5, SaleChanges::finalise),
            new Deed("relabel_customer_invoice", 5, SaleChanges::relabel),
            new Deed("archive_customer_invoice", 1, SaleChanges::archive),
            new Deed("allocate_customer_invoice", 3, SaleChanges::allocate),
            new Deed("join_appendix", 3, SaleChanges::join),
            new Deed("add_customer_invoice_line", 3, SaleChanges::addLine),
            new Deed("change_customer_invoice_line", 4, SaleChanges::changeLine),
            new Deed("remove_customer_invoice_line", 2, SaleChanges::removeLine),
            new Deed("relabel_supplier_invoice", 4, PurchaseChanges::relabel),
            new Deed("archive_supplier_invoice", 1, PurchaseChanges::archive),
            new Deed("allocate_supplier_invoice", 3, PurchaseChanges::allocate),
            new Deed("add_supplier_invoice_line", 3, PurchaseChanges::addLine),
            new Deed("remove_supplier_invoice_line", 2, PurchaseChanges::removeLine),
            new Deed("edit_entry_header", 4, LedgerChanges::editHeader),
            new Deed("change_amounts", 5, LedgerChanges::changeAmounts),
            new Deed("add_entry_line", 4, LedgerChanges::addLine),
            new Deed("remove_entry_line", 3, LedgerChanges::removeLine),
            new Deed("allocate_line", 6, LedgerChanges::allocateLine),
            new Deed("allocate_entry", 4, LedgerChanges::allocateEntry),
            new Deed("undo_lettering", 3, LetteringChanges::undo),
            new Deed("redo_lettering", 3, LetteringChanges::redo),
            new Deed("relabel_transaction", 3, BankChanges::relabelTransaction),
            new Deed("allocate_transaction", 4, BankChanges::allocateTransaction),
            new Deed("archive_transaction", 1, BankChanges::archiveTransaction),
            new Deed("note_customer", 3, ThirdPartyChanges::noteCustomer),
            new Deed("change_contacts", 3, ThirdPartyChanges::changeContacts),
            new Deed("allocate_customer", 2, ThirdPartyChanges::allocateCustomer),
            new Deed("change_supplier_iban", 2, ThirdPartyChanges::changeIban),
            new Deed("allocate_supplier", 2, ThirdPartyChanges::allocateSupplier),
            new Deed("reprice_product", 3, ProductChanges::reprice),
            new Deed("archive_product", 2, ProductChanges::archive),
            new Deed("answer_quote", 3, DocumentChanges::answerQuote),
            new Deed("change_quote_line", 2, DocumentChanges::changeQuoteLine),
            new Deed("archive_quote", 1, DocumentChanges::archiveQuote),
            new Deed("relabel_commercial_document", 2, DocumentChanges::relabelDocument),
            new Deed("stop_subscription", 1, DocumentChanges::stopSubscription),
            new Deed("decide_purchase_request", 2, DocumentChanges::decideRequest),
            new Deed("change_mandate", 1, MandateChanges::change),
            new Deed("enable_pro_account_mandate", 1, MandateChanges::changeProAccount),
            new Deed("relabel_category", 1, CategoryChanges::relabel),
            new Deed("relabel_category_group", 1, CategoryChanges::relabelGroup),
            new Deed("relabel_journal", 1, SettingChanges::relabelJournal),
            new Deed("relabel_ledger_account", 1, SettingChanges::relabelAccount),
            new Deed("switch_ledger_account", 1, SettingChanges::switchAccount),
            new Deed("rename_bank_account", 1, BankChanges::renameAccount),
            new Deed("close_fiscal_year", 1, SettingChanges::closeYear),
            new Deed("rename_template", 1, SettingChanges::renameTemplate));

    private static final List<Deed> REMOVALS = List.of(
            new Deed("restore", 14, Restoration::restore),
            new Deed("remove_draft", 8, SaleChanges::removeDraft),
            new Deed("remove_supplier_invoice", 6, PurchaseChanges::remove),
            new Deed("remove_entry", 8, LedgerChanges::remove),
            new Deed("remove_transaction", 4, BankChanges::removeTransaction),
            new Deed("remove_customer", 3, ThirdPartyChanges::removeCustomer),
            new Deed("remove_supplier", 3, ThirdPartyChanges::removeSupplier),
            new Deed("remove_product", 3, ProductChanges::remove),
            new Deed("remove_quote", 3, DocumentChanges::removeQuote),
            new Deed("remove_commercial_document", 2, DocumentChanges::removeDocument),
            new Deed("remove_subscription", 1, DocumentChanges::removeSubscription),
            new Deed("remove_purchase_request", 1, DocumentChanges::removeRequest),
            new Deed("remove_mandate", 1, MandateChanges::remove),
            new Deed("remove_category", 1, CategoryChanges::remove),
            new Deed("remove_journal", 1, SettingChanges::removeJournal),
            new Deed("remove_template", 1, SettingChanges::removeTemplate));

    private Repertoire() {}

    static Deed draw(Dice dice) {
        int percent = dice.below(100);
        return weighted(percent < INSERT_PERCENT ? INSERTS : percent < INSERT_PERCENT + UPDATE_PERCENT ? UPDATES
                : REMOVALS, dice);
    }

    /** The names of all kinds of mutation. */
    static List<String> kinds() {
        return Stream.of(INSERTS, UPDATES, REMOVALS).flatMap(List::stream).map(Deed::kind).toList();
    }

    static Deed find(String kind) {
        return Stream.of(INSERTS, UPDATES, REMOVALS).flatMap(List::stream).filter(deed -> deed.kind().equals(kind))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("no kind of mutation is called " + kind));
    }

    private static Deed weighted(List<Deed> deeds, Dice dice) {
        int left = dice.below(deeds.stream().mapToInt(Deed::weight).sum());
        for (Deed deed : deeds) {
            left -= deed.weight();
            if (left < 0) {
                return deed;
            }
        }
        throw new IllegalStateException("weights are positive");
    }
}

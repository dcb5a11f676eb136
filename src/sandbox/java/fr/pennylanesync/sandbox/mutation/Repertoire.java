package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.writing.SeededRandom;
import java.util.List;
import java.util.stream.Stream;

/** All that can be done, in three shares: 35 % creates, 55 % changes, 10 % removes or brings back. */
final class Repertoire {

    private static final int INSERT_PERCENT = 35;
    private static final int UPDATE_PERCENT = 55;

    private static final List<MutationKind> INSERTS = List.of(
            new MutationKind("insert_customer_invoice", 12, SaleChanges::insert),
            new MutationKind("insert_draft", 5, SaleChanges::insertDraft),
            new MutationKind("insert_supplier_invoice", 12, PurchaseChanges::insert),
            new MutationKind("insert_transaction", 12, BankChanges::insertTransaction),
            new MutationKind("insert_entry", 8, LedgerChanges::insert),
            new MutationKind("insert_undated_entry", 2, LedgerChanges::insertUndated),
            new MutationKind("insert_quote", 5, DocumentChanges::insertQuote),
            new MutationKind("insert_customer", 3, ThirdPartyChanges::insertCustomer),
            new MutationKind("insert_supplier", 3, ThirdPartyChanges::insertSupplier),
            new MutationKind("insert_product", 3, ProductChanges::insert),
            new MutationKind("insert_commercial_document", 2, DocumentChanges::insertDocument),
            new MutationKind("insert_subscription", 2, DocumentChanges::insertSubscription),
            new MutationKind("insert_purchase_request", 2, DocumentChanges::insertRequest),
            new MutationKind("insert_mandates", 2, MandateChanges::insert),
            new MutationKind("insert_category", 1, CategoryChanges::insert),
            new MutationKind("insert_category_group", 1, CategoryChanges::insertGroup),
            new MutationKind("insert_journal", 1, SettingChanges::insertJournal),
            new MutationKind("insert_ledger_account", 1, SettingChanges::insertAccount),
            new MutationKind("insert_bank_account", 1, BankChanges::insertAccount),
            new MutationKind("insert_fiscal_year", 1, SettingChanges::insertYear),
            new MutationKind("insert_template", 1, SettingChanges::insertTemplate));

    private static final List<MutationKind> UPDATES = List.of(
            new MutationKind("pay_customer_invoice", 12, PaymentChanges::payCustomerInvoice),
            new MutationKind("pay_supplier_invoice", 12, PaymentChanges::paySupplierInvoice),
            new MutationKind("pay_customer_invoice_offline", 3, PaymentChanges::payOffline),
            new MutationKind("finalise_draft", 5, SaleChanges::finalise),
            new MutationKind("relabel_customer_invoice", 5, SaleChanges::relabel),
            new MutationKind("archive_customer_invoice", 1, SaleChanges::archive),
            new MutationKind("allocate_customer_invoice", 3, SaleChanges::allocate),
            new MutationKind("unallocate_customer_invoice", 1, SaleChanges::unallocate),
            new MutationKind("join_appendix", 3, SaleChanges::join),
            new MutationKind("add_customer_invoice_line", 3, SaleChanges::addLine),
            new MutationKind("change_customer_invoice_line", 4, SaleChanges::changeLine),
            new MutationKind("remove_customer_invoice_line", 2, SaleChanges::removeLine),
            new MutationKind("relabel_supplier_invoice", 4, PurchaseChanges::relabel),
            new MutationKind("archive_supplier_invoice", 1, PurchaseChanges::archive),
            new MutationKind("allocate_supplier_invoice", 3, PurchaseChanges::allocate),
            new MutationKind("unallocate_supplier_invoice", 1, PurchaseChanges::unallocate),
            new MutationKind("add_supplier_invoice_line", 3, PurchaseChanges::addLine),
            new MutationKind("remove_supplier_invoice_line", 2, PurchaseChanges::removeLine),
            new MutationKind("edit_entry_header", 4, LedgerChanges::editHeader),
            new MutationKind("change_amounts", 5, LedgerChanges::changeAmounts),
            new MutationKind("add_entry_line", 4, LedgerChanges::addLine),
            new MutationKind("remove_entry_line", 3, LedgerChanges::removeLine),
            new MutationKind("allocate_line", 6, LedgerChanges::allocateLine),
            new MutationKind("allocate_entry", 4, LedgerChanges::allocateEntry),
            new MutationKind("undo_lettering", 3, LetteringChanges::undo),
            new MutationKind("redo_lettering", 3, LetteringChanges::redo),
            new MutationKind("relabel_transaction", 3, BankChanges::relabelTransaction),
            new MutationKind("allocate_transaction", 4, BankChanges::allocateTransaction),
            new MutationKind("archive_transaction", 1, BankChanges::archiveTransaction),
            new MutationKind("note_customer", 3, ThirdPartyChanges::noteCustomer),
            new MutationKind("change_contacts", 3, ThirdPartyChanges::changeContacts),
            new MutationKind("allocate_customer", 2, ThirdPartyChanges::allocateCustomer),
            new MutationKind("change_supplier_iban", 2, ThirdPartyChanges::changeIban),
            new MutationKind("allocate_supplier", 2, ThirdPartyChanges::allocateSupplier),
            new MutationKind("reprice_product", 3, ProductChanges::reprice),
            new MutationKind("archive_product", 2, ProductChanges::archive),
            new MutationKind("answer_quote", 3, DocumentChanges::answerQuote),
            new MutationKind("change_quote_line", 2, DocumentChanges::changeQuoteLine),
            new MutationKind("archive_quote", 1, DocumentChanges::archiveQuote),
            new MutationKind("relabel_commercial_document", 2, DocumentChanges::relabelDocument),
            new MutationKind("stop_subscription", 1, DocumentChanges::stopSubscription),
            new MutationKind("decide_purchase_request", 2, DocumentChanges::decideRequest),
            new MutationKind("change_mandate", 1, MandateChanges::change),
            new MutationKind("enable_pro_account_mandate", 1, MandateChanges::changeProAccount),
            new MutationKind("relabel_category", 1, CategoryChanges::relabel),
            new MutationKind("relabel_category_group", 1, CategoryChanges::relabelGroup),
            new MutationKind("relabel_journal", 1, SettingChanges::relabelJournal),
            new MutationKind("relabel_ledger_account", 1, SettingChanges::relabelAccount),
            new MutationKind("switch_ledger_account", 1, SettingChanges::switchAccount),
            new MutationKind("rename_bank_account", 1, BankChanges::renameAccount),
            new MutationKind("close_fiscal_year", 1, SettingChanges::closeYear),
            new MutationKind("rename_template", 1, SettingChanges::renameTemplate));

    private static final List<MutationKind> REMOVALS = List.of(
            new MutationKind("restore", 14, Restoration::restore),
            new MutationKind("remove_draft", 8, SaleChanges::removeDraft),
            new MutationKind("remove_supplier_invoice", 6, PurchaseChanges::remove),
            new MutationKind("remove_entry", 8, LedgerChanges::remove),
            new MutationKind("remove_transaction", 4, BankChanges::removeTransaction),
            new MutationKind("remove_customer", 3, ThirdPartyChanges::removeCustomer),
            new MutationKind("remove_supplier", 3, ThirdPartyChanges::removeSupplier),
            new MutationKind("remove_product", 3, ProductChanges::remove),
            new MutationKind("remove_quote", 3, DocumentChanges::removeQuote),
            new MutationKind("remove_commercial_document", 2, DocumentChanges::removeDocument),
            new MutationKind("remove_subscription", 1, DocumentChanges::removeSubscription),
            new MutationKind("remove_purchase_request", 1, DocumentChanges::removeRequest),
            new MutationKind("remove_mandate", 1, MandateChanges::remove),
            new MutationKind("remove_category", 1, CategoryChanges::remove),
            new MutationKind("remove_journal", 1, SettingChanges::removeJournal),
            new MutationKind("remove_template", 1, SettingChanges::removeTemplate));

    private Repertoire() {}

    static MutationKind draw(SeededRandom random) {
        int percent = random.below(100);
        return weighted(percent < INSERT_PERCENT ? INSERTS
                : percent < INSERT_PERCENT + UPDATE_PERCENT ? UPDATES
                        : REMOVALS,
                random);
    }

    /** The names of all kinds of mutation. */
    static List<String> kinds() {
        return Stream.of(INSERTS, UPDATES, REMOVALS).flatMap(List::stream).map(MutationKind::kind).toList();
    }

    static MutationKind find(String kind) {
        return Stream.of(INSERTS, UPDATES, REMOVALS).flatMap(List::stream).filter(deed -> deed.kind().equals(kind))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("no kind of mutation is called " + kind));
    }

    private static MutationKind weighted(List<MutationKind> deeds, SeededRandom random) {
        int left = random.below(deeds.stream().mapToInt(MutationKind::weight).sum());
        for (MutationKind deed : deeds) {
            left -= deed.weight();
            if (left < 0) {
                return deed;
            }
        }
        throw new IllegalStateException("weights are positive");
    }
}

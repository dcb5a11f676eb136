package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.FiscalYear;
import fr.pennylanesync.sandbox.books.Journal;
import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.LedgerEntry;
import fr.pennylanesync.sandbox.books.LedgerLine;
import java.util.Arrays;

/** The JSON of the ledger. */
final class LedgerJson {

    private LedgerJson() {}

    static ObjectNode journal(Journal journal, View view) {
        return Doc.of(view, journal.id()).text("code", journal.code()).text("label", journal.label())
                .text("type", journal.type()).done();
    }

    static ObjectNode account(LedgerAccount account, View view) {
        return Doc.of(view, account.id()).text("number", account.number()).text("label", account.label())
                .text("vat_rate", account.vatRate()).text("country_alpha2", "FR").flag("enabled", account.enabled())
                .text("type", account.type()).flag("letterable", account.letterable()).stamps(account.stamps()).done();
    }

    static ObjectNode fiscalYear(FiscalYear year, View view) {
        return Doc.of(view, year.id()).date("start", year.start()).date("finish", year.finish())
                .text("status", year.status()).stamps(year.stamps()).done();
    }

    static ObjectNode entry(LedgerEntry entry, View view) {
        return head(entry, view).number("journal_id", entry.journalId())
                .text("ledger_attachment_filename", entry.attachmentName()).done();
    }

    /** As get-one shows it, with its lines. */
    static ObjectNode entryWithLines(LedgerEntry entry, View view) {
        return head(entry, view).each("ledger_entry_lines", Arrays.stream(entry.lineIds()).boxed().toList(),
                id -> lineOfEntry(view.books().ledgerLines().find(id).orElseThrow(), view, false)).done();
    }

    static ObjectNode lineUnderEntry(LedgerLine line, View view) {
        return lineOfEntry(line, view, true);
    }

    static ObjectNode line(LedgerLine line, View view) {
        ObjectNode lettered = JsonNodeFactory.instance.objectNode();
        var ids = lettered.putArray("ids");
        Arrays.stream(line.lettered()).forEach(ids::add);
        lettered.put("url", view.api("/ledger_entry_lines/" + line.id() + "/lettered_ledger_entry_lines"));
        return Doc.of(view, line.id()).cents("debit", line.debit()).cents("credit", line.credit())
                .text("label", line.label())
                .each("categories", line.categories(), allocation -> ThirdPartyJson.allocation(allocation, view))
                .node("ledger_account", accountReference(line, view))
                .reference("journal", line.journalId(), "/journals").date("date", line.date())
                .bare("ledger_entry", line.entryId()).node("lettered_ledger_entry_lines", lettered)
                .moment("created_at", line.createdMicros()).moment("updated_at", line.updatedMicros()).done();
    }

    private static Doc head(LedgerEntry entry, View view) {
        ObjectNode attachment = entry.attachmentName() == null ? null
                : JsonNodeFactory.instance.objectNode()
                        .put("filename", entry.attachmentName())
                        .put("url", view.file(FileKind.LEDGER_ATTACHMENT, entry.id(), entry.attachmentName()));
        return Doc.of(view, entry.id()).text("label", entry.label()).text("piece_number", entry.pieceNumber())
                .date("date", entry.date()).date("due_date", entry.dueDate())
                .text("invoice_number", entry.invoiceNumber()).stamps(entry.stamps())
                .reference("journal", entry.journalId(), "/journals")
                .each("categories", entry.categories(), allocation -> ThirdPartyJson.allocation(allocation, view))
                .node("attachment", attachment).text("status", entry.status());
    }

    private static ObjectNode lineOfEntry(LedgerLine line, View view, boolean withAccountId) {
        Doc doc = Doc.of(view, line.id()).cents("debit", line.debit()).cents("credit", line.credit())
                .text("label", line.label()).node("ledger_account", accountReference(line, view));
        return withAccountId ? doc.number("ledger_account_id", line.accountId()).done() : doc.done();
    }

    private static ObjectNode accountReference(LedgerLine line, View view) {
        LedgerAccount account = view.books().ledgerAccounts().find(line.accountId()).orElseThrow();
        return JsonNodeFactory.instance.objectNode().put("id", account.id()).put("number", account.number())
                .put("url", view.api("/ledger_accounts/" + account.id()));
    }
}

package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.CommercialDocument;
import fr.pennylanesync.sandbox.books.PurchaseRequest;
import fr.pennylanesync.sandbox.books.Quote;
import fr.pennylanesync.sandbox.books.Recurrence;
import fr.pennylanesync.sandbox.books.Row;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Subscription;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.books.VatRate;
import fr.pennylanesync.sandbox.writing.SaleOrder;
import fr.pennylanesync.sandbox.writing.SaleWriter;
import fr.pennylanesync.sandbox.writing.Words;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What happens to quotes, commercial documents, subscriptions and purchase requests; only quotes have a feed. */
final class DocumentChanges {

    private static final List<String> QUOTE_STATUSES = List.of("accepted", "pending", "invoiced", "denied", "expired");
    private static final List<String> REQUEST_STATUSES = List.of("to_be_validated", "approved", "rejected");
    private static final int FEWEST = 2;

    private DocumentChanges() {}

    static boolean insertQuote(BooksEditor editor) {
        editor.insert(Streams.QUOTES,
                new Quote(editor.nextId("quotes"), editor.created(), sale(editor, "D-"), "pending", 0));
        return true;
    }

    static boolean answerQuote(BooksEditor editor) {
        Optional<Quote> found = editor.pick(Streams.QUOTES, quote -> true);
        found.ifPresent(quote -> editor.update(Streams.QUOTES,
                quote.withStatus(editor.dice().pick(QUOTE_STATUSES), editor.updated(quote.stamps()))));
        return found.isPresent();
    }

    static boolean changeQuoteLine(BooksEditor editor) {
        Optional<Quote> found = editor.pick(Streams.QUOTES, quote -> !quote.sale().discount().relative());
        found.ifPresent(quote -> editor.updateBelow(Streams.QUOTES,
                quote.withSale(new LineEditor(editor).changed(quote.sale()), editor.updatedBelow(quote.stamps()))));
        return found.isPresent();
    }

    static boolean archiveQuote(BooksEditor editor) {
        Optional<Quote> found = editor.pick(Streams.QUOTES, quote -> quote.sale().archivedMicros() == 0);
        found.ifPresent(quote -> editor.update(Streams.QUOTES,
                quote.withSale(quote.sale().archived(editor.nowMicros()), editor.updated(quote.stamps()))));
        return found.isPresent();
    }

    static boolean removeQuote(BooksEditor editor) {
        return remove(editor, Streams.QUOTES);
    }

    static boolean insertDocument(BooksEditor editor) {
        editor.insert(Streams.COMMERCIAL_DOCUMENTS,
                new CommercialDocument(editor.nextId("commercial_documents"), editor.created(), sale(editor, "PF-"),
                        "proforma",
                        0, 0));
        return true;
    }

    static boolean relabelDocument(BooksEditor editor) {
        Optional<CommercialDocument> found = editor.pick(Streams.COMMERCIAL_DOCUMENTS, document -> true);
        found.ifPresent(document -> editor.update(Streams.COMMERCIAL_DOCUMENTS, document.withSale(document.sale()
                .withWording(document.sale().wording().withLabel(editor.label(editor.dice().pick(Words.SERVICES)))),
                editor.updated(document.stamps()))));
        return found.isPresent();
    }

    static boolean removeDocument(BooksEditor editor) {
        return remove(editor, Streams.COMMERCIAL_DOCUMENTS);
    }

    static boolean insertSubscription(BooksEditor editor) {
        editor.insert(Streams.SUBSCRIPTIONS, new Subscription(editor.nextId("billing_subscriptions"), editor.created(),
                editor.label("Abonnement"), "in_progress", "finalized", editor.today(), null, editor.today(),
                editor.today()
                        .plusMonths(1),
                editor.nowMicros(), 0, "30_days", "offline", editor.desk().prose()
                        .email("abonnements@client.example"),
                new Recurrence("monthly", 1, 1, null), 0, sale(editor, "")));
        return true;
    }

    static boolean stopSubscription(BooksEditor editor) {
        Optional<Subscription> found = editor.pick(Streams.SUBSCRIPTIONS, subscription -> !subscription.status()
                .equals("stopped"));
        found.ifPresent(subscription -> editor.update(Streams.SUBSCRIPTIONS,
                subscription.withStatus("stopped", editor.nowMicros(), editor.updated(subscription.stamps()))));
        return found.isPresent();
    }

    static boolean removeSubscription(BooksEditor editor) {
        return remove(editor, Streams.SUBSCRIPTIONS);
    }

    static boolean insertRequest(BooksEditor editor) {
        long beforeTax = editor.dice().between(5_000, 900_000);
        editor.insert(Streams.PURCHASE_REQUESTS, new PurchaseRequest(editor.nextId("purchase_requests"),
                editor.created(), "BC-"
                        + editor.dice().digits(5),
                editor.any(Streams.SUPPLIERS).id(), editor.folk().address(), "to_be_validated",
                editor.label("Renouvellement du matériel"), null,
                Totals.of(Totals.EURO, BigDecimal.ONE, beforeTax, VatRate.FR_200.taxOn(beforeTax)), null, List.of(),
                900, 950));
        return true;
    }

    static boolean decideRequest(BooksEditor editor) {
        Optional<PurchaseRequest> found = editor.pick(Streams.PURCHASE_REQUESTS, request -> true);
        found.ifPresent(request -> editor.update(Streams.PURCHASE_REQUESTS,
                request.withStatus(editor.dice().pick(REQUEST_STATUSES), editor.updated(request.stamps()))));
        return found.isPresent();
    }

    static boolean removeRequest(BooksEditor editor) {
        return remove(editor, Streams.PURCHASE_REQUESTS);
    }

    private static <R extends Row> boolean remove(BooksEditor editor, Kept<R> kept) {
        if (kept.table().apply(editor.books()).size() < FEWEST) {
            return false;
        }
        editor.remove(kept, editor.any(kept));
        return true;
    }

    private static Sale sale(BooksEditor editor, String prefix) {
        String number = prefix.isEmpty() ? "" : prefix + editor.today().getYear() + "-" + editor.dice().digits(7);
        SaleOrder order =
                new SaleOrder(number, editor.today(), editor.created(), Totals.EURO, BigDecimal.ONE, 1 + editor.dice()
                        .below(6), editor.any(Streams.CUSTOMERS).id(), false, false, 0);
        return new SaleWriter(editor.desk(), editor.books(), editor.dice()).write(order);
    }
}

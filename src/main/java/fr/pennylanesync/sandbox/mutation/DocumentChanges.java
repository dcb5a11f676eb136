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

    static boolean insertQuote(Pen pen) {
        pen.insert(Streams.QUOTES, new Quote(pen.nextId("quotes"), pen.created(), sale(pen, "D-"), "pending", 0));
        return true;
    }

    static boolean answerQuote(Pen pen) {
        Optional<Quote> found = pen.pick(Streams.QUOTES, quote -> true);
        found.ifPresent(quote -> pen.update(Streams.QUOTES,
                quote.withStatus(pen.dice().pick(QUOTE_STATUSES), pen.updated(quote.stamps()))));
        return found.isPresent();
    }

    static boolean changeQuoteLine(Pen pen) {
        Optional<Quote> found = pen.pick(Streams.QUOTES, quote -> !quote.sale().discount().relative());
        found.ifPresent(quote -> pen.updateBelow(Streams.QUOTES,
                quote.withSale(new LineEditor(pen).changed(quote.sale()), pen.updatedBelow(quote.stamps()))));
        return found.isPresent();
    }

    static boolean archiveQuote(Pen pen) {
        Optional<Quote> found = pen.pick(Streams.QUOTES, quote -> quote.sale().archivedMicros() == 0);
        found.ifPresent(quote -> pen.update(Streams.QUOTES,
                quote.withSale(quote.sale().archived(pen.nowMicros()), pen.updated(quote.stamps()))));
        return found.isPresent();
    }

    static boolean removeQuote(Pen pen) {
        return remove(pen, Streams.QUOTES);
    }

    static boolean insertDocument(Pen pen) {
        pen.insert(Streams.COMMERCIAL_DOCUMENTS,
                new CommercialDocument(pen.nextId("commercial_documents"), pen.created(), sale(pen, "PF-"), "proforma",
                0, 0));
        return true;
    }

    static boolean relabelDocument(Pen pen) {
        Optional<CommercialDocument> found = pen.pick(Streams.COMMERCIAL_DOCUMENTS, document -> true);
        found.ifPresent(document -> pen.update(Streams.COMMERCIAL_DOCUMENTS, document.withSale(document.sale()
                .withWording(document.sale().wording().withLabel(pen.label(pen.dice().pick(Words.SERVICES)))),
                pen.updated(document.stamps()))));
        return found.isPresent();
    }

    static boolean removeDocument(Pen pen) {
        return remove(pen, Streams.COMMERCIAL_DOCUMENTS);
    }

    static boolean insertSubscription(Pen pen) {
        pen.insert(Streams.SUBSCRIPTIONS, new Subscription(pen.nextId("billing_subscriptions"), pen.created(),
                pen.label("Abonnement"), "in_progress", "finalized", pen.today(), null, pen.today(), pen.today()
                .plusMonths(1), pen.nowMicros(), 0, "30_days", "offline", pen.desk().prose()
                .email("abonnements@client.example"), new Recurrence("monthly", 1, 1, null), 0, sale(pen, "")));
        return true;
    }

    static boolean stopSubscription(Pen pen) {
        Optional<Subscription> found = pen.pick(Streams.SUBSCRIPTIONS, subscription -> !subscription.status()
                .equals("stopped"));
        found.ifPresent(subscription -> pen.update(Streams.SUBSCRIPTIONS,
                subscription.withStatus("stopped", pen.nowMicros(), pen.updated(subscription.stamps()))));
        return found.isPresent();
    }

    static boolean removeSubscription(Pen pen) {
        return remove(pen, Streams.SUBSCRIPTIONS);
    }

    static boolean insertRequest(Pen pen) {
        long beforeTax = pen.dice().between(5_000, 900_000);
        pen.insert(Streams.PURCHASE_REQUESTS, new PurchaseRequest(pen.nextId("purchase_requests"), pen.created(), "BC-"
                + pen.dice().digits(5), pen.any(Streams.SUPPLIERS).id(), pen.folk().address(), "to_be_validated",
                pen.label("Renouvellement du matériel"), null,
                Totals.of(Totals.EURO, BigDecimal.ONE, beforeTax, VatRate.FR_200.taxOn(beforeTax)), null, List.of(),
                900, 950));
        return true;
    }

    static boolean decideRequest(Pen pen) {
        Optional<PurchaseRequest> found = pen.pick(Streams.PURCHASE_REQUESTS, request -> true);
        found.ifPresent(request -> pen.update(Streams.PURCHASE_REQUESTS,
                request.withStatus(pen.dice().pick(REQUEST_STATUSES), pen.updated(request.stamps()))));
        return found.isPresent();
    }

    static boolean removeRequest(Pen pen) {
        return remove(pen, Streams.PURCHASE_REQUESTS);
    }

    private static <R extends Row> boolean remove(Pen pen, Kept<R> kept) {
        if (kept.table().apply(pen.books()).size() < FEWEST) {
            return false;
        }
        pen.remove(kept, pen.any(kept));
        return true;
    }

    private static Sale sale(Pen pen, String prefix) {
        String number = prefix.isEmpty() ? "" : prefix + pen.today().getYear() + "-" + pen.dice().digits(7);
        SaleOrder order = new SaleOrder(number, pen.today(), pen.created(), Totals.EURO, BigDecimal.ONE, 1 + pen.dice()
                .below(6), pen.any(Streams.CUSTOMERS).id(), false, false, 0);
        return new SaleWriter(pen.desk(), pen.books(), pen.dice()).write(order);
    }
}

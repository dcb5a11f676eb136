package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.EInvoicing;
import fr.pennylanesync.sandbox.books.PurchaseLine;
import fr.pennylanesync.sandbox.books.PurchaseRequest;
import fr.pennylanesync.sandbox.books.Settlement;
import fr.pennylanesync.sandbox.books.Stamps;
import fr.pennylanesync.sandbox.books.Supplier;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.books.VatRate;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Writes supplier invoices, not yet settled nor booked, and purchase requests. */
final class PurchaseWriter {

    private static final List<String> ACCOUNTS = List.of("606", "6061", "613", "615", "616", "6226", "6251", "626");
    private static final List<String> REQUEST_STATUSES = List.of("invoiced", "to_be_validated", "approved", "rejected");

    private final GeneratorContext context;
    private final Books books;
    private final Chart chart;
    private final SeededRandom random;

    private PurchaseWriter(GeneratorContext context, Books books, Chart chart) {
        this.context = context;
        this.books = books;
        this.chart = chart;
        this.random = context.dice("purchases");
    }

    static List<SupplierInvoice> write(GeneratorContext context, Books books, Chart chart) {
        PurchaseWriter writer = new PurchaseWriter(context, books, chart);
        List<SupplierInvoice> written = new ArrayList<>();
        for (int i = 0; i < context.scale().supplierInvoices(); i++) {
            written.add(writer.invoice(i));
        }
        for (int i = 0; i < context.scale().purchaseRequests(); i++) {
            books.purchaseRequests().add(writer.request(i, written));
        }
        return written;
    }

    private SupplierInvoice invoice(int index) {
        LocalDate day = context.almanac().spread(index, context.scale().supplierInvoices(), random);
        Stamps stamps = context.almanac().stamps(day, random);
        boolean foreign = index % 9 == 7;
        String currency = foreign ? "USD" : Totals.EURO;
        BigDecimal rate = foreign ? BigDecimal.valueOf(random.between(8_500, 9_800), 4) : BigDecimal.ONE;
        List<PurchaseLine> lines = IntStream.range(0, 1 + random.below(4))
                .mapToObj(i -> line(stamps, day, currency, rate)).toList();
        Totals totals = Totals.of(currency, rate, lines.stream().mapToLong(line -> line.totals().currencyBeforeTax())
                .sum(), lines.stream().mapToLong(line -> line.totals().currencyTax()).sum());
        Supplier supplier = books.suppliers().get(random.below(books.suppliers().size()));
        String number = "FA-" + random.digits(6);
        return new SupplierInvoice(context.ids().supplierInvoices().next(), stamps, random.chance(90) ? context.prose()
                .label("Facture " + supplier.name()) : null, number, day, day.plusDays(30), totals, index % 7 == 6
                        ? "validation_needed"
                        : "complete",
                "to_be_paid", index % 8 == 5 ? null : number.toLowerCase(Locale.ROOT) + ".pdf",
                0, supplier.id(), random.uuid().toString(), eInvoicing(index), random.chance(30) ? "/Achats/"
                        + day.getYear() : null,
                index % 9 == 8 ? stamps.updatedMicros() : 0, lines,
                CategoryWriter.allocate(books, random, 50, stamps), Settlement.unpaid(totals));
    }

    private PurchaseLine line(Stamps stamps, LocalDate day, String currency, BigDecimal rate) {
        VatRate vatRate = currency.equals(Totals.EURO) ? random.chance(80) ? VatRate.FR_200 : VatRate.FR_100
                : VatRate.EXEMPT;
        long beforeTax = random.between(900, 250_000);
        boolean imputed = random.chance(15);
        return new PurchaseLine(context.ids().of("supplier_invoice_lines").next(), stamps, context.prose()
                .label(random.pick(Words.EXPENSES)), random.chance(40) ? "Période du mois" : "", vatRate,
                Totals.of(currency, rate, beforeTax, vatRate.taxOn(beforeTax)), imputed ? day : null, imputed
                        ? day.plusMonths(3)
                        : null,
                random.chance(70) ? chart.account(random.pick(ACCOUNTS)) : 0);
    }

    private EInvoicing eInvoicing(int index) {
        if (index % 3 != 0) {
            return null;
        }
        boolean refused = index % 12 == 9;
        String status = index % 12 == 6 ? null : refused ? "refused" : "approved";
        return new EInvoicing(status, refused ? "incorrect_vat_rate" : null, random.uuid().toString(), index % 6 == 0,
                "0009:" + books.profile().numbers().siret());
    }

    private PurchaseRequest request(int index, List<SupplierInvoice> invoices) {
        LocalDate day = context.almanac().spread(index, context.scale().purchaseRequests(), random);
        String status = REQUEST_STATUSES.get(index % REQUEST_STATUSES.size());
        long beforeTax = random.between(5_000, 900_000);
        List<Long> linked = status.equals("invoiced") ? List.of(invoices.get(random.below(invoices.size())).id())
                : List.of();
        return new PurchaseRequest(context.ids().of("purchase_requests").next(), context.almanac().stamps(day, random),
                index % 3 == 2 ? null : "BC-" + random.digits(5), books.suppliers()
                        .get(random.below(books.suppliers().size())).id(),
                new FakePeople(random).address(), status, context.prose()
                        .label("Renouvellement du matériel"),
                random.chance(70) ? day.plusDays(20) : null,
                Totals.of(Totals.EURO, BigDecimal.ONE, beforeTax, VatRate.FR_200.taxOn(beforeTax)), index % 2 == 0
                        ? "bon-de-commande-" + (index + 1) + ".pdf"
                        : null,
                linked, 900 + random.below(5), 950 + random.below(3));
    }
}

package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Appendix;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Discount;
import fr.pennylanesync.sandbox.books.InvoiceLine;
import fr.pennylanesync.sandbox.books.Product;
import fr.pennylanesync.sandbox.books.Sale;
import fr.pennylanesync.sandbox.books.Section;
import fr.pennylanesync.sandbox.books.Totals;
import fr.pennylanesync.sandbox.books.VatRate;
import fr.pennylanesync.sandbox.books.Wording;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** Writes what all sales documents share: lines that add up to the totals, sections, appendices, texts. */
public final class SaleWriter {

    private static final int DISCOUNT_PERCENT = 10;

    private final GeneratorContext context;
    private final Books books;
    private final SeededRandom random;

    SaleWriter(GeneratorContext context, Books books, String domain) {
        this(context, books, context.dice(domain));
    }

    public SaleWriter(GeneratorContext context, Books books, SeededRandom random) {
        this.context = context;
        this.books = books;
        this.random = random;
    }

    public Sale write(SaleOrder order) {
        List<InvoiceLine> lines = IntStream.range(0, order.lines()).mapToObj(rank -> line(order, rank + 1)).toList();
        long beforeTax = lines.stream().mapToLong(line -> line.totals().currencyBeforeTax()).sum();
        long tax = lines.stream().mapToLong(line -> line.totals().currencyTax()).sum();
        Discount discount = order.discounted() ? new Discount(true, BigDecimal.valueOf(DISCOUNT_PERCENT))
                : Discount.NONE;
        Totals totals = order.discounted()
                ? Totals.of(order.currency(), order.exchangeRate(), discounted(beforeTax), discounted(tax))
                : Totals.of(order.currency(), order.exchangeRate(), beforeTax, tax);
        LocalDate deadline = order.date() == null ? null : order.date().plusDays(30);
        return new Sale(order.number(), wording(), order.date(), deadline, totals, discount, random.chance(85) ? "fr_FR"
                : "en_GB", order.customerId(), random.uuid().toString(), order.archivedMicros(), lines, sections(order),
                appendices(order));
    }

    private static long discounted(long cents) {
        return BigDecimal.valueOf(cents * (100 - DISCOUNT_PERCENT))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP).longValueExact();
    }

    private InvoiceLine line(SaleOrder order, int rank) {
        Product product = books.products().get(random.below(books.products().size()));
        BigDecimal quantity = random.chance(20) ? BigDecimal.valueOf(random.between(5, 200), 1)
                : BigDecimal.valueOf(random.between(1, 12));
        BigDecimal signed = order.credit() ? quantity.negate() : quantity;
        VatRate rate = order.currency().equals(Totals.EURO) ? product.vatRate() : VatRate.EXTRACOM;
        Discount discount = random.chance(10) ? new Discount(true, BigDecimal.valueOf(random.between(2, 15)))
                : Discount.NONE;
        BigDecimal kept = BigDecimal.ONE.subtract(discount.value().movePointLeft(2));
        long beforeTax = product.priceBeforeTax().multiply(signed).multiply(kept).movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP).longValueExact();
        boolean imputed = random.chance(10) && order.date() != null;
        return new InvoiceLine(context.ids().of("invoice_lines").next(), order.stamps(), rank, product.label(),
                product.unit().isEmpty() ? null : product.unit(), signed, product.priceBeforeTax(), discount, rate,
                Totals.of(order.currency(), order.exchangeRate(), beforeTax, rate.taxOn(beforeTax)),
                random.chance(50) ? context.prose().label("Selon devis accepté") : "",
                random.chance(90) ? product.id() : 0,
                order.lines() > 4 ? Integer.valueOf(rank > order.lines() / 2 ? 2 : 1) : null, imputed ? order.date()
                        : null,
                imputed ? order.date().plusMonths(6) : null, product.substance(), random.chance(50)
                        ? product.ledgerAccountId()
                        : 0);
    }

    private List<Section> sections(SaleOrder order) {
        if (order.lines() <= 4) {
            return List.of();
        }
        return List.of(section(order, "Fournitures", 1), section(order, "Main-d'œuvre", 2));
    }

    private Section section(SaleOrder order, String title, int rank) {
        return new Section(context.ids().of("invoice_line_sections").next(), order.stamps(),
                context.prose().label(title),
                rank == 1 ? null : "Hors déplacement", rank);
    }

    private List<Appendix> appendices(SaleOrder order) {
        return IntStream.range(0, order.lines() > 4 || random.chance(30) ? 1 + random.below(2) : 0)
                .mapToObj(i -> new Appendix(context.ids().of("appendices").next(), order.stamps(), "annexe-"
                        + random.digits(4) + ".pdf"))
                .toList();
    }

    private Wording wording() {
        return new Wording(random.chance(90) ? context.prose().label(random.pick(Words.SERVICES)) : null,
                random.chance(50) ? "Objet : " + random.pick(Words.SERVICES) : "", random.chance(50)
                        ? "Merci de votre confiance"
                        : "",
                random.chance(30) ? context.prose()
                        .label("Paiement sous 30 jours, sans escompte") : null,
                random.chance(20)
                        ? "TVA acquittée sur les encaissements"
                        : null);
    }
}

package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Product;
import fr.pennylanesync.sandbox.books.VatRate;
import fr.pennylanesync.sandbox.writing.Words;
import java.math.BigDecimal;
import java.util.Optional;

/** What happens to products. */
final class ProductChanges {

    private static final int FEWEST = 4;

    private ProductChanges() {}

    static boolean insert(Pen pen) {
        pen.insert(Streams.PRODUCTS, new Product(pen.nextId("products"), pen.created(),
                pen.label(pen.dice().pick(Words.GOODS)), "", pen.dice().uuid().toString(), price(pen), VatRate.FR_200,
                pen.dice().pick(Words.UNITS), null, new EntryBook(pen).account("707"), 0, "goods"));
        return true;
    }

    static boolean reprice(Pen pen) {
        Product product = pen.any(Streams.PRODUCTS);
        pen.update(Streams.PRODUCTS, product.withPrice(price(pen), pen.updated(product.stamps())));
        return true;
    }

    static boolean archive(Pen pen) {
        Optional<Product> found = pen.pick(Streams.PRODUCTS, product -> product.archivedMicros() == 0);
        found.ifPresent(product -> pen.update(Streams.PRODUCTS,
                product.archived(pen.nowMicros(), pen.updated(product.stamps()))));
        return found.isPresent();
    }

    static boolean remove(Pen pen) {
        Optional<Product> found = pen.books().products().size() < FEWEST ? Optional.empty()
                : pen.pick(Streams.PRODUCTS, product -> product.archivedMicros() != 0);
        found.ifPresent(product -> pen.remove(Streams.PRODUCTS, product));
        return found.isPresent();
    }

    private static BigDecimal price(Pen pen) {
        return BigDecimal.valueOf(pen.dice().between(500, 180_000), 2);
    }
}

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

    static boolean insert(BooksEditor editor) {
        editor.insert(Streams.PRODUCTS, new Product(editor.nextId("products"), editor.created(),
                editor.label(editor.dice().pick(Words.GOODS)), "", editor.dice().uuid().toString(), price(editor),
                VatRate.FR_200,
                editor.dice().pick(Words.UNITS), null, new EntryBook(editor).account("707"), 0, "goods"));
        return true;
    }

    static boolean reprice(BooksEditor editor) {
        Product product = editor.any(Streams.PRODUCTS);
        editor.update(Streams.PRODUCTS, product.withPrice(price(editor), editor.updated(product.stamps())));
        return true;
    }

    static boolean archive(BooksEditor editor) {
        Optional<Product> found = editor.pick(Streams.PRODUCTS, product -> product.archivedMicros() == 0);
        found.ifPresent(product -> editor.update(Streams.PRODUCTS,
                product.archived(editor.nowMicros(), editor.updated(product.stamps()))));
        return found.isPresent();
    }

    static boolean remove(BooksEditor editor) {
        Optional<Product> found = editor.books().products().size() < FEWEST ? Optional.empty()
                : editor.pick(Streams.PRODUCTS, product -> product.archivedMicros() != 0);
        found.ifPresent(product -> editor.remove(Streams.PRODUCTS, product));
        return found.isPresent();
    }

    private static BigDecimal price(BooksEditor editor) {
        return BigDecimal.valueOf(editor.dice().between(500, 180_000), 2);
    }
}

package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens to analytical categories and their groups, which have no feed. */
final class CategoryChanges {

    private CategoryChanges() {}

    static boolean insert(BooksEditor editor) {
        insert(editor, editor.any(Streams.CATEGORY_GROUPS).id());
        return true;
    }

    /** A group comes with its first category. */
    static boolean insertGroup(BooksEditor editor) {
        long id = editor.nextId("category_groups");
        editor.insert(Streams.CATEGORY_GROUPS, new CategoryGroup(id, editor.created(),
                editor.label("Axe " + editor.dice().digits(3))));
        insert(editor, id);
        return true;
    }

    static boolean relabel(BooksEditor editor) {
        Category category = editor.any(Streams.CATEGORIES);
        editor.update(Streams.CATEGORIES, category.withLabel(editor.label("Poste " + editor.dice().digits(3)),
                editor.updated(category.stamps())));
        return true;
    }

    static boolean relabelGroup(BooksEditor editor) {
        CategoryGroup group = editor.any(Streams.CATEGORY_GROUPS);
        editor.update(Streams.CATEGORY_GROUPS, group.withLabel(editor.label("Axe " + editor.dice().digits(3)),
                editor.updated(group.stamps())));
        return true;
    }

    /** Removes a category that nothing is allocated to; its group goes with its last one. */
    static boolean remove(BooksEditor editor) {
        Books books = editor.books();
        if (books.categoryGroups().size() < 2) {
            return false;
        }
        Optional<Category> found = editor.pick(Streams.CATEGORIES, category -> !isUsed(books, category.id()));
        found.ifPresent(category -> {
            editor.removeForGood(Streams.CATEGORIES, category);
            if (books.categories().rows().stream().noneMatch(other -> other.groupId() == category.groupId())) {
                editor.removeForGood(Streams.CATEGORY_GROUPS, editor.find(Streams.CATEGORY_GROUPS, category.groupId()));
            }
            editor.memory().forgetRemovals();
        });
        return found.isPresent();
    }

    private static void insert(BooksEditor editor, long groupId) {
        editor.insert(Streams.CATEGORIES, new Category(editor.nextId("categories"), editor.created(),
                editor.label("Poste " + editor.dice().digits(3)), "cash_out", groupId, editor.dice().chance(50) ? "CODE"
                        + editor.dice().digits(4) : null));
    }

    private static boolean isUsed(Books books, long categoryId) {
        return Stream.<Stream<List<Allocation>>>of(
                books.ledgerLines().rows().stream().map(line -> line.categories()),
                books.ledgerEntries().rows().stream().map(entry -> entry.categories()),
                books.transactions().rows().stream().map(transaction -> transaction.categories()),
                books.customerInvoices().rows().stream().map(invoice -> invoice.categories()),
                books.supplierInvoices().rows().stream().map(invoice -> invoice.categories()),
                books.customers().rows().stream().map(customer -> customer.categories()),
                books.suppliers().rows().stream().map(supplier -> supplier.categories())).flatMap(each -> each)
                .anyMatch(allocations -> allocations.stream().anyMatch(allocation -> allocation.id() == categoryId));
    }
}

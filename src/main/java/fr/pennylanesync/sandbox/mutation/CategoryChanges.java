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

    static boolean insert(Pen pen) {
        insert(pen, pen.any(Streams.CATEGORY_GROUPS).id());
        return true;
    }

    /** A group comes with its first category. */
    static boolean insertGroup(Pen pen) {
        long id = pen.nextId("category_groups");
        pen.insert(Streams.CATEGORY_GROUPS, new CategoryGroup(id, pen.created(),
                pen.label("Axe " + pen.dice().digits(3))));
        insert(pen, id);
        return true;
    }

    static boolean relabel(Pen pen) {
        Category category = pen.any(Streams.CATEGORIES);
        pen.update(Streams.CATEGORIES, category.withLabel(pen.label("Poste " + pen.dice().digits(3)),
                pen.updated(category.stamps())));
        return true;
    }

    static boolean relabelGroup(Pen pen) {
        CategoryGroup group = pen.any(Streams.CATEGORY_GROUPS);
        pen.update(Streams.CATEGORY_GROUPS, group.withLabel(pen.label("Axe " + pen.dice().digits(3)),
                pen.updated(group.stamps())));
        return true;
    }

    /** Removes a category that nothing is allocated to; its group goes with its last one. */
    static boolean remove(Pen pen) {
        Books books = pen.books();
        if (books.categoryGroups().size() < 2) {
            return false;
        }
        Optional<Category> found = pen.pick(Streams.CATEGORIES, category -> !isUsed(books, category.id()));
        found.ifPresent(category -> {
            pen.removeForGood(Streams.CATEGORIES, category);
            if (books.categories().rows().stream().noneMatch(other -> other.groupId() == category.groupId())) {
                pen.removeForGood(Streams.CATEGORY_GROUPS, pen.find(Streams.CATEGORY_GROUPS, category.groupId()));
            }
            pen.memory().forgetRemovals();
        });
        return found.isPresent();
    }

    private static void insert(Pen pen, long groupId) {
        pen.insert(Streams.CATEGORIES, new Category(pen.nextId("categories"), pen.created(),
                pen.label("Poste " + pen.dice().digits(3)), "cash_out", groupId, pen.dice().chance(50) ? "CODE"
                + pen.dice().digits(4) : null));
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

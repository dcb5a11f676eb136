package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Allocation;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Category;
import fr.pennylanesync.sandbox.books.CategoryGroup;
import fr.pennylanesync.sandbox.books.Stamps;
import java.util.List;
import java.util.stream.IntStream;

/** Writes the analytical axes and categories, and draws allocations to them. */
public final class CategoryWriter {

    private static final List<String> AXES = List.of("Types de dépenses / revenus", "Établissements", "Projets");
    private static final List<List<String>> LABELS = List.of(List.of("Alimentaire", "Loyer", "Salaires", "Marketing",
            "Énergie"), List.of("Siège", "Atelier d'Évreux", "Boutique"),
            List.of("Refonte du site", "Chantier Trèfle", "R&D", "Salon 2026"));

    private CategoryWriter() {}

    static void write(GeneratorContext context, Books books) {
        SeededRandom random = context.dice("categories");
        for (int axis = 0; axis < AXES.size(); axis++) {
            Stamps stamps = context.almanac().stamps(context.almanac().start(), random);
            CategoryGroup group = new CategoryGroup(context.ids().of("category_groups").next(), stamps, context.prose()
                    .label(AXES.get(axis)));
            books.categoryGroups().add(group);
            for (String label : LABELS.get(axis)) {
                books.categories().add(new Category(context.ids().of("categories").next(), stamps, context.prose()
                        .label(label), direction(random), group.id(),
                        random.chance(50) ? "CODE" + random.digits(3) : null));
            }
        }
    }

    private static String direction(SeededRandom random) {
        return random.pick(List.of("cash_in", "cash_out", "")).isEmpty() ? null
                : random.chance(50) ? "cash_in"
                        : "cash_out";
    }

    /** Splits a record over two or three categories of one axis, or, most of the time, over none. */
    public static List<Allocation> allocate(Books books, SeededRandom random, int percent, Stamps stamps) {
        if (!random.chance(percent)) {
            return Allocation.NONE;
        }
        long group = books.categoryGroups().get(random.below(books.categoryGroups().size())).id();
        List<Category> choices = books.categories().rows().stream().filter(category -> category.groupId() == group)
                .toList();
        int parts = 1 + random.below(Math.min(3, choices.size()));
        int first = random.below(choices.size() - parts + 1);
        int[] weights = weights(parts, random);
        return IntStream.range(0, parts)
                .mapToObj(part -> new Allocation(choices.get(first + part).id(), weights[part], stamps)).toList();
    }

    private static int[] weights(int parts, SeededRandom random) {
        int[] weights = new int[parts];
        int left = 10_000;
        for (int part = 0; part < parts - 1; part++) {
            weights[part] = (int) random.between(1, left / 2 / 125) * 125;
            left -= weights[part];
        }
        weights[parts - 1] = left;
        return weights;
    }
}

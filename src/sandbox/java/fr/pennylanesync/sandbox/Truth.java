package fr.pennylanesync.sandbox;

import fr.pennylanesync.sandbox.api.Catalog;
import fr.pennylanesync.sandbox.api.Child;
import fr.pennylanesync.sandbox.api.Resource;
import fr.pennylanesync.sandbox.api.View;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a reader should end up with: every record of every stream, as a faultless API would serve it now. */
public final class Truth {

    private final Function<Long, View> views;

    Truth(Function<Long, View> views) {
        this.views = views;
    }

    /** The names of the streams, children after their parent as {@code parent_child}. */
    public List<String> streams() {
        List<String> names = new ArrayList<>();
        Catalog.byName().values().forEach(resource -> {
            names.add(resource.name());
            resource.children().forEach(child -> names.add(resource.name() + "_" + child.name()));
        });
        names.add(Catalog.FEATURES);
        return names;
    }

    /**
     * The records of a stream, in ascending order of id, children in order of their parents.
     *
     * @throws IllegalArgumentException for an unknown stream or company
     */
    public Stream<TruthRecord> records(long companyId, String stream) {
        View view = views.apply(companyId);
        if (stream.equals(Catalog.FEATURES)) {
            return Catalog.features(view.books()).stream().map(feature -> new TruthRecord(0, feature));
        }
        for (Resource<?> resource : Catalog.byName().values()) {
            if (resource.name().equals(stream)) {
                return top(resource, view);
            }
            for (Child<?, ?> child : resource.children()) {
                if (stream.equals(resource.name() + "_" + child.name())) {
                    return under(resource, child.name(), view);
                }
            }
        }
        throw new IllegalArgumentException("no stream " + stream);
    }

    private static <R extends Row> Stream<TruthRecord> top(Resource<R> resource, View view) {
        return rows(resource, view.books()).stream().map(row -> view.books()
                .read(() -> new TruthRecord(0, resource.json().apply(row, view))));
    }

    private static <R extends Row> Stream<TruthRecord> under(Resource<R> resource, String childName, View view) {
        Child<R, ?> child = resource.children().stream().filter(known -> known.name().equals(childName)).findFirst()
                .orElseThrow();
        return rows(resource, view.books()).stream().flatMap(row -> view.books().read(() -> child.all(row, view))
                .stream().map(json -> new TruthRecord(row.id(), json)));
    }

    /** A copy, so that the stream does not see later changes of the table. */
    private static <R extends Row> List<R> rows(Resource<R> resource, Books books) {
        return Catalog.isServed(resource, books) ? books.read(() -> List.copyOf(resource.table().apply(books).rows()))
                : List.of();
    }
}

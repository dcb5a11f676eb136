package fr.pennylanesync.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Knows which files of a routes folder count, and how they are named. */
public final class RouteFiles {

    /** The ending that new files get: Camel's editors know it. */
    public static final String ENDING = ".camel.yaml";
    /** The schema of stream files, for editors: it lies among the routes and is none. */
    public static final String SCHEMA = "stream.schema.json";

    private static final Pattern ROUTE_ENDING = Pattern.compile("(?:\\.camel)?\\.yaml$");

    /**
     * Swap, lock, backup and half-written files of vim, emacs, IDEs and {@code sed -i}; a mounted ConfigMap's own
     * {@code ..data} too.
     */
    private static final Pattern LEFTOVER =
            Pattern.compile("\\..*|#.*#|.*~|4913|.*\\.(sw[a-z]|tmp|bak|orig)|.*___jb_(tmp|old)___");

    private RouteFiles() {}

    /** Tells whether a name is an editor's or a mount's own business and never a route. */
    public static boolean isLeftover(String name) {
        return LEFTOVER.matcher(name).matches();
    }

    /** Returns whether a file is a route by its name; both endings count alike. */
    public static boolean isRoute(String name) {
        return ROUTE_ENDING.matcher(name).find();
    }

    /** All entries of a folder but leftovers and the schema, sorted. */
    public static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> isPart(entry.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPart(String name) {
        return !isLeftover(name) && !name.equals(SCHEMA);
    }

    /** The route files of one folder, sorted; empty where there is no such folder. */
    public static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return entries(folder).stream().filter(file -> isRoute(file.toString())).toList();
    }

    /** {@code routes/streams/customers.camel.yaml} → {@code customers}: also the id of the route in it. */
    public static String stem(String file) {
        return ROUTE_ENDING.matcher(file.substring(file.lastIndexOf('/') + 1)).replaceFirst("");
    }

    /** Returns the fault of a second file for one route: which of the two counts would depend on what is read first. */
    public static FactsFault twice(String file) {
        String stem = stem(file);
        return new FactsFault(file, 0, "a second file for the route `" + stem + "`",
                "keep one of " + stem + ENDING + " and " + stem + ".yaml");
    }
}

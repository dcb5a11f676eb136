package fr.pennylanesync.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of a routes folder count, and how they are named. */
public final class RouteFiles {

    public static final String ENDING = ".yaml";

    /** Swap, lock, backup and half-written files of vim, emacs, IDEs and {@code sed -i}; a mounted ConfigMap's own {@code ..data} too. */
    private static final Pattern LEFTOVER = Pattern.compile("\\..*|#.*#|.*~|4913|.*\\.(sw[a-z]|tmp|bak|orig)|.*___jb_(tmp|old)___");

    private RouteFiles() {}

    /** Whether a name is an editor's or a mount's own business and never a route. */
    public static boolean isLeftover(String name) {
        return LEFTOVER.matcher(name).matches();
    }

    /** All entries of a folder but leftovers, sorted. */
    public static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !isLeftover(entry.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The route files of one folder, sorted; empty where there is no such folder. */
    public static List<Path> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return entries(folder).stream().filter(file -> file.toString().endsWith(ENDING)).toList();
    }

    /** {@code routes/streams/customers.yaml} → {@code customers}: also the id of the route in it. */
    public static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}

package fr.pennylanesync.reload;

import fr.pennylanesync.stream.RouteFiles;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The names of files, as {@code streams/customers.camel.yaml}, that differ between two snapshots. A rename is one gone
 * and one added.
 */
public record RouteChanges(SortedSet<String> added, SortedSet<String> changed, SortedSet<String> gone) {

    static RouteChanges between(Map<String, byte[]> before, Map<String, byte[]> after) {
        RouteChanges changes = new RouteChanges(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        after.forEach((name, content) -> {
            if (!before.containsKey(name)) {
                changes.added.add(name);
            } else if (!Arrays.equals(before.get(name), content)) {
                changes.changed.add(name);
            }
        });
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(changes.gone::add);
        return changes;
    }

    /** Every name, whatever happened to it. */
    public Stream<String> all() {
        return Stream.of(added, changed, gone).flatMap(SortedSet::stream).filter(name -> !name.endsWith("/"));
    }

    /** Tells whether a file of this folder differs. */
    public boolean touches(String folder) {
        return all().anyMatch(name -> name.startsWith(folder + "/"));
    }

    /** Tells whether the file of this route differs, whichever ending its name has. */
    public boolean touches(String folder, String id) {
        return all().anyMatch(name -> name.startsWith(folder + "/") && RouteFiles.stem(name).equals(id));
    }
}

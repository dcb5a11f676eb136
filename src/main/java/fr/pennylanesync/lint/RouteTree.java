package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All route files of a directory.
 *
 * @param directory where they are, as the caller names it
 * @param files those that can be read and hold what their folder asks for
 * @param stems the names of all files by folder, also of those that cannot be read: what refers to them is not at fault
 * @param faults why the others cannot be read
 */
record RouteTree(Path directory, List<RouteFile> files, Map<Folder, Set<String>> stems, List<FactsFault> faults) {

    RouteTree {
        files = List.copyOf(files);
        stems = Map.copyOf(stems);
        faults = List.copyOf(faults);
    }

    Stream<RouteFile> in(Folder folder) {
        return files.stream().filter(file -> file.folder() == folder);
    }

    boolean has(Folder folder, String stem) {
        return stems.getOrDefault(folder, Set.of()).contains(stem);
    }

    /** Tells whether a {@code direct:} of this name has its route; jobs start by themselves. */
    boolean hasRoute(String stem) {
        return has(Folder.STREAMS, stem) || has(Folder.STEPS, stem);
    }

    /** Tells whether every file could be read, so that what nobody refers to is really unused. */
    boolean isComplete() {
        return faults.isEmpty();
    }
}

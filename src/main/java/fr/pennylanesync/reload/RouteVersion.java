package fr.pennylanesync.reload;

import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.stream.Dependents;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Route files of one moment, and the streams that they declare.
 *
 * @param schemes of the endpoints that they may have: no other component is made for them
 */
public record RouteVersion(RouteSnapshot files, StreamCatalog catalog, Set<String> schemes) {

    /** Folders whose files every stream works with. */
    private static final List<String> SHARED = List.of("steps", "policies");

    /** Holds what decides which rows a stream's batches write. */
    private record Writing(Optional<StreamDefinition> stream, Dependents dependents) {}

    /**
     * Only if lint finds nothing.
     *
     * @param options what the configuration says per stream
     * @param allowed what the files may use
     * @throws RoutesException with every fault of every file
     */
    public static RouteVersion checked(RouteSnapshot files, StreamOptions options, AllowList allowed) {
        Set<FactsFault> faults = new LinkedHashSet<>(files.faults());
        faults.addAll(LintedRoutes.faults(files, allowed));
        if (!faults.isEmpty()) {
            throw new RoutesException(List.copyOf(faults));
        }
        return new RouteVersion(files, files.show(directory -> StreamCatalog.load(directory, options)),
                allowed.schemes());
    }

    /** Streams of this version whose batches the next one would write differently, or no longer at all. */
    public Set<String> replacedBy(RouteVersion next) {
        return names().filter(name -> !writing(name).equals(next.writing(name)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Streams of this version whose route, or a step or policy that it may use, is another in the next one. */
    public Set<String> reroutedBy(RouteVersion next) {
        RouteChanges changes = next.files.since(files);
        return names().filter(name -> SHARED.stream().anyMatch(changes::touches) || changes.touches("streams", name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> names() {
        return catalog.all().stream().map(StreamDefinition::name);
    }

    private Writing writing(String name) {
        return new Writing(catalog.find(name), catalog.dependentsOf(name));
    }
}

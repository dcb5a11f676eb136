package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RouteFiles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every {@code direct:} leads to a route of that name, and every step has somebody who calls it. */
final class DirectLinks implements Rule {

    /** Steps that our own code calls, each with the reason; streams are called by name and need none. */
    private static final Map<String, String> CALLED_FROM_JAVA = Map.of("sync-company", "the command sync calls it",
            "archive-company", "the commands sync and demo call it", "audit-company", "the command audit calls it");

    @Override
    public Stream<FactsFault> check(RouteTree tree) {
        Stream<FactsFault> starts = tree.in(Folder.STEPS).flatMap(file -> start(file).stream());
        Stream<FactsFault> dangling = tree.files().stream().flatMap(file -> uses(file)
                .filter(use -> !tree.hasRoute(use.direct().orElseThrow()))
                .map(use -> file.fault(use.at(), "direct:" + use.direct().orElseThrow() + " has no route",
                        "create its file or correct the name")));
        return Stream.of(starts, dangling, unused(tree), missing(tree)).flatMap(faults -> faults);
    }

    private static Optional<FactsFault> start(RouteFile file) {
        boolean own = file.endpoints().stream().filter(Endpoint::isConsumer)
                .anyMatch(from -> from.direct().filter(file.stem()::equals).isPresent());
        return own ? Optional.empty()
                : Optional.of(file.fault(file.element(), "the step does not start at direct:" + file.stem(),
                        "set `from.uri: direct:" + file.stem() + "`; what starts by itself belongs in jobs/"));
    }

    private static Stream<FactsFault> unused(RouteTree tree) {
        if (!tree.isComplete()) {
            return Stream.empty();
        }
        Set<String> used = tree.files().stream().flatMap(DirectLinks::uses).map(use -> use.direct().orElseThrow())
                .collect(Collectors.toSet());
        return tree.in(Folder.STEPS)
                .filter(file -> !used.contains(file.stem()) && !CALLED_FROM_JAVA.containsKey(file.stem()))
                .map(file -> file.fault(file.element(), "nobody calls direct:" + file.stem(),
                        "call it or delete the file"));
    }

    private static Stream<FactsFault> missing(RouteTree tree) {
        return CALLED_FROM_JAVA.keySet().stream().filter(step -> tree.isComplete() && !tree.has(Folder.STEPS, step))
                .map(step -> new FactsFault(tree.directory().resolve("steps/" + step + RouteFiles.ENDING).toString(), 0,
                        "the step is missing", "put it back: " + CALLED_FROM_JAVA.get(step)));
    }

    private static Stream<Endpoint> uses(RouteFile file) {
        return file.endpoints().stream().filter(endpoint -> !endpoint.isConsumer() && endpoint.direct().isPresent());
    }
}

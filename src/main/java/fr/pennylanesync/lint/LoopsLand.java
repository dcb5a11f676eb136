package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A loop that reads pages also lands them: a sync whose checkpoint does not move with its data reads everything again,
 * or loses some.
 */
final class LoopsLand implements Rule {

    private static final String READ = "read-page";
    private static final String LAND = "land-batch";
    /**
     * Names the step that ends a read for files instead: it records the outcome of each, see {@link GuaranteedSteps}.
     */
    private static final String FILE = "archive-file";
    /** Names the step that reads what is only compared, see {@link GuaranteedSteps}. */
    private static final String AUDIT = "audit-company";
    /** Names the step whose loop looks at an export until its file can be archived. */
    private static final String EXPORT = "export-company";

    @Override
    public Stream<FactsFault> check(RouteTree tree) {
        Map<String, Set<String>> calls = tree.files().stream().filter(file -> file.folder() != Folder.POLICIES)
                .collect(
                        Collectors.toMap(RouteFile::stem, file -> called(file, endpoint -> true), (one, other) -> one));
        return tree.files().stream().filter(file -> !Set.of(AUDIT, EXPORT).contains(file.stem()))
                .flatMap(file -> loops(file)
                        .filter(loop -> readsWithoutLanding(
                                reachable(called(file, endpoint -> loop.contains(endpoint.at())), calls)))
                        .map(loop -> file.fault(loop, "a loop that reads pages and never lands them",
                                "call direct:" + LAND + " for each batch")));
    }

    private static Stream<RouteNode> loops(RouteFile file) {
        return file.nodes().stream().filter(node -> node.key().equals("loop") && node.value().isObject());
    }

    private static boolean readsWithoutLanding(Set<String> reached) {
        return reached.contains(READ) && !reached.contains(LAND) && !reached.contains(FILE);
    }

    private static Set<String> called(RouteFile file, Predicate<Endpoint> where) {
        return file.endpoints().stream().filter(endpoint -> !endpoint.isConsumer()).filter(where)
                .flatMap(endpoint -> endpoint.direct().stream()).collect(Collectors.toSet());
    }

    private static Set<String> reachable(Set<String> from, Map<String, Set<String>> calls) {
        Set<String> reached = new HashSet<>();
        Set<String> next = from;
        while (reached.addAll(next)) {
            next = next.stream().flatMap(name -> calls.getOrDefault(name, Set.of()).stream())
                    .collect(Collectors.toSet());
        }
        return reached;
    }
}

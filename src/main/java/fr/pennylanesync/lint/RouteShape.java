package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.StreamFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One file, one route, one name: Camel's reload loses routes made from templates, and refuses a new file beside one
 * with several routes. Only a stream's file has a bean beside its route; elsewhere one could make any class.
 */
final class RouteShape {

    private static final Set<String> TEMPLATES = Set.of("routeTemplate", "templatedRoute");

    private RouteShape() {}

    static List<FactsFault> faults(RouteFile file) {
        return file.folder() == Folder.STREAMS ? StreamFile.shapeFaults(file.path(), file.yaml())
                : oneElement(file).stream().toList();
    }

    private static Optional<FactsFault> oneElement(RouteFile file) {
        JsonNode root = file.root();
        String element = file.folder().element();
        if (!root.isArray() || root.size() != 1) {
            return fault(file, "", "not exactly one `- " + element + ":`",
                    "one file holds one: split it, the file's stem is the id");
        }
        String found = root.get(0).fieldNames().hasNext() ? root.get(0).fieldNames().next() : "";
        if (TEMPLATES.contains(found)) {
            return fault(file, "/0", "a route template: hot reload loses its routes",
                    "write a plain route and share steps through `direct:`");
        }
        if (!found.equals(element) || !root.get(0).get(element).isObject()) {
            return fault(file, "/0", "`" + found + "` is not what " + file.folder().label() + "/ holds",
                    "begin with `- " + element + ":`");
        }
        if (!root.get(0).get(element).path("id").asText("").equals(file.stem())) {
            return fault(file, "/0/" + element + "/id", "the id is not the file's stem",
                    "set `id: " + file.stem() + "`");
        }
        return Optional.empty();
    }

    private static Optional<FactsFault> fault(RouteFile file, String at, String rule, String remedy) {
        return Optional.of(file.fault(JsonPointer.compile(at), rule, remedy));
    }
}

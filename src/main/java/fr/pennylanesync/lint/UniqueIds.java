package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Ids are unique over all files, of routes and of their steps: Camel refuses a double, metrics and logs would mix the
 * two.
 */
final class UniqueIds implements Rule {

    @Override
    public Stream<FactsFault> check(RouteTree tree) {
        Set<String> seen = new HashSet<>();
        return tree.files().stream().flatMap(file -> ids(file).filter(id -> !seen.add(id.text()))
                .map(id -> file.fault(id, "the id `" + id.text() + "` is used twice",
                        "rename one: step ids begin with their route's id")));
    }

    private static Stream<RouteNode> ids(RouteFile file) {
        return file.texts().filter(text -> text.key().equals("id") && !text.owner().equals("parameters"));
    }
}

package fr.pennylanesync.lint;

import fr.pennylanesync.stream.Fault;
import java.util.stream.Stream;

/** A rule that looks at one file at a time. */
interface FileRule extends Rule {

    Stream<Fault> check(RouteFile file);

    @Override
    default Stream<Fault> check(RouteTree tree) {
        return tree.files().stream().flatMap(this::check);
    }
}

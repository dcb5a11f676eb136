package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.stream.Stream;

/** A rule that looks at one file at a time. */
interface FileRule extends Rule {

    Stream<FactsFault> check(RouteFile file);

    @Override
    default Stream<FactsFault> check(RouteTree tree) {
        return tree.files().stream().flatMap(this::check);
    }
}

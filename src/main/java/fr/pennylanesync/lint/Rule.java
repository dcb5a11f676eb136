package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.stream.Stream;

/** One rule about a whole tree of route files. */
@FunctionalInterface
interface Rule {

    Stream<FactsFault> check(RouteTree tree);
}

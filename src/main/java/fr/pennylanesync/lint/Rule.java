package fr.pennylanesync.lint;

import fr.pennylanesync.stream.Fault;
import java.util.stream.Stream;

/** One rule of the house about a whole tree of route files. */
@FunctionalInterface
interface Rule {

    Stream<Fault> check(RouteTree tree);
}

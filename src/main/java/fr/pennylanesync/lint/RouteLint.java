package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Checks a routes directory against all rules, without starting anything. */
public final class RouteLint {

    /** They hold for any routes, whatever the list of what is allowed says. */
    static final List<Rule> GENERAL = List.of(new CamelSchema(), new UniqueIds(), new DirectLinks(), new Described(),
            new BlockStyle(), new OutgoingIds(), new NoSecrets(), new QuietFailures(), new LoopsLand(),
            new StreamFacts(), new RecordedFailures());

    private static final GuaranteedSteps GUARANTEED = new GuaranteedSteps();

    private RouteLint() {}

    /** Checks as {@link #check(Path, AllowList)} does, by the list that is shipped. */
    public static List<FactsFault> check(Path routes) {
        return check(routes, AllowList.shipped());
    }

    /**
     * @param routes the directory with streams/, steps/, jobs/ and policies/
     * @param allowed what the files may use
     * @return every finding, by file and line; empty if all is well
     * @throws java.io.UncheckedIOException if the directory cannot be listed
     */
    public static List<FactsFault> check(Path routes, AllowList allowed) {
        return check(routes, rules(allowed));
    }

    /** The general rules, what a route may use at all, and the steps that must be there. */
    private static List<Rule> rules(AllowList allowed) {
        return Stream.concat(GENERAL.stream(),
                Stream.of(new AllowedOnly(allowed), new JobSql(allowed), GUARANTEED)).toList();
    }

    static List<FactsFault> check(Path routes, List<Rule> rules) {
        RouteTree tree = RouteTreeReader.read(routes);
        return Stream.concat(tree.faults().stream(), rules.stream().flatMap(rule -> rule.check(tree))).distinct()
                .sorted(Comparator.comparing(FactsFault::file).thenComparing(FactsFault::line)).toList();
    }
}

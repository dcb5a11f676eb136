package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Checks a routes directory against all rules of the house, without starting anything. */
public final class RouteLint {

    /** They hold for any routes. */
    static final List<Rule> GENERAL = List.of(new CamelSchema(), new UniqueIds(), new DirectLinks(),
            new Described(),
            new BlockStyle(), new OutgoingIds(), new NoKamelets(), new NoSecrets(), new NoAuthorization(),
            new NoPageNumbers(),
            new NoBodyLogs(), new QuietFailures(), new NoFileUrls(), new NoDispatchByMessage(), new OneApiDoor(),
            new OneBucketDoor(), new JobSql(), new LoopsLand(), new StreamFacts(), new RecordedFailures());

    /** They hold for our routes: beside the general ones, the steps that must be there. */
    private static final List<Rule> RULES =
            Stream.concat(GENERAL.stream(), Stream.of(new GuaranteedSteps())).toList();

    private RouteLint() {}

    /**
     * @param routes the directory with streams/, steps/, jobs/ and policies/
     * @return every finding, by file and line; empty if all is well
     * @throws java.io.UncheckedIOException if the directory cannot be listed
     */
    public static List<FactsFault> check(Path routes) {
        return check(routes, RULES);
    }

    static List<FactsFault> check(Path routes, List<Rule> rules) {
        RouteTree tree = RouteTreeReader.read(routes);
        return Stream.concat(tree.faults().stream(), rules.stream().flatMap(rule -> rule.check(tree))).distinct()
                .sorted(Comparator.comparing(FactsFault::file).thenComparing(FactsFault::line)).toList();
    }
}

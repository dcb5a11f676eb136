package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import fr.pennylanesync.stream.FactsFault;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * SQL in a route is either that of a partition of the data sharing, or a fixed statement of a job over what the program
 * itself keeps. Any other could be built from data, or write rows that no landing has proven.
 */
final class JobSql implements FileRule {

    /** The one component for SQL that is in the jar. */
    private static final String SCHEME = "jdbc";
    private static final String WAREHOUSE = "jdbc:warehouse";
    private static final String SHARE = "jdbc:shareSource";
    private static final String SHARE_STEP = "read-partition";
    /** The rows of the streams, and what proves them; {@code land-batch} alone writes these. */
    private static final Pattern LANDED =
            Pattern.compile("\\bpennylane\\.|\\bpennylane_sync\\.(batch\\w*|checkpoint|record_version)\\b");

    private final AllowList allowed;

    JobSql(AllowList allowed) {
        this.allowed = allowed;
    }

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return file.endpoints().stream().filter(endpoint -> endpoint.scheme().equals(SCHEME))
                .filter(endpoint -> !isOfTheShare(file, endpoint)).flatMap(endpoint -> check(file, endpoint).stream());
    }

    private static boolean isOfTheShare(RouteFile file, Endpoint endpoint) {
        return file.folder() == Folder.STEPS && file.stem().equals(SHARE_STEP) && endpoint.uri().equals(SHARE);
    }

    private Optional<FactsFault> check(RouteFile file, Endpoint endpoint) {
        if (file.folder() != Folder.JOBS || !endpoint.uri().equals(WAREHOUSE) || endpoint.isConsumer()) {
            return Optional.of(file.fault(endpoint.at(), "SQL outside the jobs",
                    "use `" + WAREHOUSE + "` in a file of jobs/, or a bean"));
        }
        Optional<RouteNode> statement = statement(file, endpoint);
        if (statement.isEmpty()) {
            return Optional.of(file.fault(endpoint.at(), "a statement that is not written in the step before",
                    "put a `setBody` with a `constant` straight before it"));
        }
        if (!LANDED.matcher(statement.get().text()).find() && !allowed.isStatement(statement.get().text())) {
            return Optional.of(file.fault(statement.get(), "a statement that no job may run",
                    "use one that allowed.yaml lists, or widen the list by `routes.allow`"));
        }
        return statement.filter(sql -> LANDED.matcher(sql.text()).find())
                .map(sql -> file.fault(sql, "a statement over landed rows",
                        "rows, checkpoints and the ledger belong to direct:land-batch"));
    }

    /** The text that the step straight before the endpoint's puts into the body. */
    private static Optional<RouteNode> statement(RouteFile file, Endpoint endpoint) {
        JsonPointer step = step(endpoint.at().pointer());
        int place = step.last().getMatchingIndex();
        if (place == 0) {
            return Optional.empty();
        }
        String before = step.head().appendIndex(place - 1) + "/setBody/constant/expression";
        return file.nodes().stream().filter(node -> node.pointer().toString().equals(before)).findFirst();
    }

    /** The entry of the list of steps that this stands in. */
    private static JsonPointer step(JsonPointer at) {
        JsonPointer step = at;
        while (step.last().getMatchingIndex() < 0) {
            step = step.head();
        }
        return step;
    }
}

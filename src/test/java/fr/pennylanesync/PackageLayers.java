package fr.pennylanesync;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Declares which package may use which. {@link ArchitectureTest} holds the classes against it, and the table of
 * docs/ARCHITECTURE.md is made from it.
 */
final class PackageLayers {

    static final String ROOT = "fr.pennylanesync";
    static final String SANDBOX = "sandbox";
    /** What every package may use, but for these themselves and {@code hash}. */
    static final Set<String> COMMON = Set.of("concurrent", "failure", "logging");

    private static final String HEAD = "| layer | package | may use | must not |\n|---|---|---|---|\n";

    /**
     * One package, with what stands below it in the same or a lower layer.
     *
     * @param name below {@link #ROOT}
     * @param purpose what it does
     * @param mayUse beside {@link #COMMON}, in the order of the page
     * @param mustNot what a reader might expect of it, and it does not do
     */
    record PackageRule(int layer, String name, String purpose, List<String> mayUse, String mustNot) {

        PackageRule {
            mayUse = List.copyOf(mayUse);
            if (layer < 1 || purpose.isBlank() || mayUse.contains(name)) {
                throw new IllegalArgumentException(name);
            }
        }

        /** The packages of its own, as ArchUnit names them. */
        String identifier() {
            return ROOT + "." + name + (name.equals(SANDBOX) ? ".." : "");
        }

        /** All that its classes may use. */
        Set<String> allowed() {
            Set<String> allowed = new TreeSet<>(mayUse);
            if (!COMMON.contains(name) && !name.equals("hash")) {
                allowed.addAll(COMMON);
            }
            return allowed;
        }

        private String row() {
            return "| %d | `%s` %s | %s | %s |\n".formatted(layer, name, purpose,
                    mayUse.stream().map(other -> "`" + other + "`").collect(Collectors.joining(", ")), mustNot);
        }
    }

    static final List<PackageRule> RULES = List.of(
            rule(1, "concurrent", "makes the threads that work in the background, and waits for work",
                    "know what runs on them", "failure"),
            rule(1, "disk", "makes directories and files that their owner alone may use", "know what lies in them"),
            rule(1, "failure", "has the one exception, and what a code says", "know a code of another package"),
            rule(1, "hash", "makes canonical JSON, and record, batch and chain hashes", "know tables or streams"),
            rule(1, "logging", "writes and masks log events", "let the message of a foreign exception through",
                    "disk"),
            rule(1, "outage", "tells once that a part is away, and once that it is back", "decide what follows"),
            rule(1, "settings", "checks the configuration at the start", "print a secret", "personal"),
            rule(1, "terminal", "writes for a person at a terminal", "know a command or a record"),
            rule(1, "tracing", "makes spans of what runs, and sends them",
                    "tell anything but ids, names of ours and counts"),
            rule(1, "personal", "makes of a personal value what the rules want", "know a stream"),
            rule(1, "stream", "reads what the stream files declare", "read data", "personal"),
            rule(2, "api.error", "has the codes of Pennylane's failures", "know requests"),
            rule(2, "api.budget", "paces requests", "know Pennylane's resources", "api.error"),
            rule(2, "api.page", "makes requests and checks the pages that answer them", "send anything",
                    "api.budget", "api.error"),
            rule(2, "api", "sends requests with the company's token and budget",
                    "know the files of tokens, or the warehouse", "api.budget", "api.error", "api.page", "settings",
                    "outage"),
            rule(2, "share", "reads the data sharing: connections, SQL, partitions, digests", "write anything",
                    "hash", "settings", "personal", "stream"),
            rule(2, "lease", "says which process reads a company", "decide when a company is read", "outage"),
            rule(2, "lint", "has the rules over route files", "start anything", "stream"),
            rule(2, "reload", "compares route files of two moments", "start anything", "hash", "lint", "stream"),
            rule(3, "postgres", "runs the embedded PostgreSQL", "know a table", "disk", "settings"),
            rule(3, "checkpoint", "keeps positions in their table", "open a transaction of its own", "stream"),
            rule(3, "landing.record", "makes of a record its payload, hash and columns", "know a table", "hash",
                    "personal", "stream"),
            rule(3, "landing.table", "writes and reads the rows of the streams' tables", "open a transaction",
                    "checkpoint", "hash", "landing.record", "share", "personal", "stream"),
            rule(3, "landing.state", "keeps what is due, set aside, seen, or to be fetched", "open a transaction",
                    "checkpoint", "landing.record", "landing.table", "personal", "stream"),
            rule(3, "landing", "lands a batch, and appends it to the ledger", "call the API, or decide the order",
                    "checkpoint", "hash", "landing.record", "landing.state", "landing.table", "share", "stream"),
            rule(3, "warehouse", "opens the database and brings its schema up to date", "know a stream",
                    "landing.table", "postgres", "settings"),
            rule(3, "analysis", "makes the views for analysts out of plain SQL", "change a table", "hash", "warehouse"),
            rule(3, "report", "answers what stands in the warehouse", "write anything",
                    "checkpoint", "landing.state", "landing.table", "lease", "reload", "stream", "terminal", "token"),
            rule(3, "activity", "notes what ran, and what people asked for",
                    "change a row that tells of a past action"),
            rule(3, "verification", "tells whether the warehouse is unchanged since it was landed", "write anything",
                    "hash", "landing.record", "landing.state", "landing.table", "stream", "warehouse"),
            rule(3, "token", "reads the files of tokens and refreshes grants", "use a token for records", "api",
                    "api.page", "disk", "settings"),
            rule(3, "company", "knows which company each token answers for",
                    "hand out a token that `/me` has not confirmed", "api", "api.budget", "api.error", "lease",
                    "settings", "token"),
            rule(4, "pass", "reads each kind of list, page by page", "know Camel, or write", "api.budget", "api.error",
                    "api.page", "checkpoint", "hash", "landing", "landing.record", "landing.state", "personal",
                    "stream"),
            rule(4, "history", "reads a stream's history over the data sharing", "know Camel, or write", "api.budget",
                    "api.page", "checkpoint", "landing", "landing.record", "landing.state", "landing.table", "pass",
                    "share", "personal", "stream"),
            rule(4, "plan", "decides which passes are due", "read or write records", "checkpoint", "history",
                    "landing", "landing.state", "landing.table", "lease", "pass", "stream", "token"),
            rule(4, "schedule", "runs each company's Quartz job", "sync", "activity", "settings", "token"),
            rule(4, "archive.s3", "keeps files in S3 and reads them back", "know the database", "disk", "hash",
                    "settings"),
            rule(4, "archive.parser", "parses untrusted files in processes of their own", "parse one in this process",
                    "archive.s3"),
            rule(4, "archive.download", "downloads a file and checks it", "send a token", "api", "archive.parser",
                    "archive.s3", "disk", "hash"),
            rule(4, "archive", "knows which files are due, and what became of each", "know Camel", "api.budget",
                    "api.error", "api.page", "archive.download", "archive.parser", "archive.s3", "hash",
                    "landing.record", "landing.state",
                    "pass",
                    "settings", "stream"),
            rule(4, "digest", "makes the documents that anchor the ledger, and holds the warehouse against them",
                    "know Camel, or read a record", "archive.s3", "disk", "hash", "settings", "warehouse"),
            rule(4, "privacy", "takes personal data out of what stands here, and seals that", "know Camel, or land",
                    "archive", "hash", "landing.record", "landing.state", "landing.table", "personal", "stream",
                    "warehouse"),
            rule(4, "retention", "thins what has grown old, and seals it",
                    "remove versions or batches by itself", "archive", "archive.s3", "landing.state", "settings",
                    "stream", "verification", "warehouse"),
            rule(4, "alarm", "keeps alarms, and says who has to be told", "know Camel, or send anything", "report"),
            rule(5, "audit", "compares the warehouse with other sources, and with itself", "land anything itself",
                    "api.budget", "api.error", "api.page", "checkpoint", "history", "landing", "landing.state",
                    "landing.table", "pass", "share", "stream"),
            rule(5, "camel", "runs the routes, and has the beans that they call",
                    "decide what Java below already decides", "alarm", "api", "api.budget", "api.error", "api.page",
                    "archive",
                    "archive.s3", "audit", "checkpoint", "company", "digest", "hash", "history", "landing",
                    "landing.record",
                    "landing.state", "lease", "pass",
                    "plan", "reload", "schedule", "share", "stream", "outage", "tracing"),
            rule(4, "console.page", "makes pages: templates, texts in two languages, plots", "know a figure"),
            rule(4, "console.web", "answers HTTP: who may ask, sessions, forms", "know a page or a figure",
                    "console.page", "settings"),
            rule(5, "console", "shows pages, health and metrics", "show a record; write anything",
                    "activity", "console.page", "console.web", "landing.state", "reload", "report", "settings",
                    "stream"),
            rule(6, "runtime", "puts everything together", "hold a rule about data", "activity", "alarm", "analysis",
                    "api",
                    "api.budget",
                    "api.error",
                    "api.page",
                    "archive", "archive.download", "archive.s3", "audit", "camel", "checkpoint", "company", "console",
                    "digest",
                    "hash",
                    "history", "landing",
                    "landing.state",
                    "landing.table", "lease", "lint", "plan", "postgres", "privacy", "reload", "report", "retention",
                    "schedule",
                    "settings", "share", "personal", "stream", "token", "tracing", "verification", "warehouse",
                    "outage"),
            rule(6, "doctor", "tries out an installation, check by check", "change anything", "api", "api.budget",
                    "api.error", "archive.s3", "camel", "company", "lease", "lint", "postgres", "reload", "report",
                    "runtime", "settings", "share", "stream", "token", "warehouse"),
            rule(7, SANDBOX, "is a made-up Pennylane with its data sharing, in packages of its own",
                    "be used outside `cli` and tests", "postgres", "settings"),
            rule(7, "cli", "has the commands", "hold logic that a route needs", "activity", "alarm", "archive",
                    "archive.s3", "audit",
                    "camel", "company", "console", "console.web", "digest", "disk", "doctor", "lint", "plan",
                    "postgres", "privacy", "reload",
                    "report",
                    "runtime", SANDBOX, "settings", "share", "stream", "token", "terminal", "verification", "warehouse",
                    "outage"));

    private PackageLayers() {}

    private static PackageRule rule(int layer, String name, String purpose, String mustNot, String... mayUse) {
        return new PackageRule(layer, name, purpose, Arrays.asList(mayUse), mustNot);
    }

    /** Returns the name under which a package stands in the table: the outermost one for those of the sandbox. */
    static String nameOf(String packageName) {
        String name = packageName.substring(ROOT.length() + 1);
        return name.startsWith(SANDBOX + ".") ? SANDBOX : name;
    }

    /** The page's table. */
    static String table() {
        return HEAD + RULES.stream().map(PackageRule::row).collect(Collectors.joining());
    }

    /** The page with its table replaced. */
    static String inPage(String page) {
        int begin = page.indexOf(HEAD);
        if (begin < 0) {
            throw new IllegalArgumentException("the page has no table of packages");
        }
        int end = page.indexOf("\n\n", begin);
        return page.substring(0, begin) + table() + page.substring(end + 1);
    }
}

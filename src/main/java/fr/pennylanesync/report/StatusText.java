package fr.pennylanesync.report;

import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.StatusReport.CompanyStatus;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.terminal.Paint;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the status of an installation into lines for people: the whole first, then what needs attention, or all. */
public final class StatusText {

    private static final int NAME_MAX = 43;
    private static final int COLUMNS_MIN = 80;
    private static final String INDENT = "      ";
    private static final String LABEL = "%-11s %s";
    private static final int LABEL_WIDTH = 12;

    private final Paint paint;
    private final int columns;

    /** @param terminal what the lines are for; where nobody watches one they are as wide as a usual one */
    public StatusText(Terminal terminal) {
        this.paint = terminal.paint();
        this.columns = terminal.columns();
    }

    /** Counts files of all companies that are shown. */
    public record Files(long archived, long pending, long failed) {}

    /** Returns the lines that sum everything up. */
    public List<String> summary(List<CompanyStatus> companies) {
        List<StreamStatus> streams = companies.stream().flatMap(company -> company.streams().stream()).toList();
        long open = streams.stream().mapToLong(StreamStatus::quarantined).sum();
        return List.of(label("companies", counts(companies.stream().map(CompanyStatus::state).toList())),
                label("streams", counts(streams.stream().map(stream -> stream.state().name()).toList())
                        + withoutShare(companies)),
                label("rows", String.format(Locale.ROOT, "%,d, and %s to read",
                        streams.stream().mapToLong(StreamStatus::rows).sum(),
                        PlainWords.count(streams.stream().mapToLong(StreamStatus::due).sum(), "record or sub-list",
                                "records and sub-lists"))),
                label("oldest lag", oldestLag(companies)),
                label("quarantine",
                        open == 0 ? "empty" : paint.warning(PlainWords.count(open, "open entry", "open entries"))));
    }

    /** Returns the line about files. */
    public String files(Files files) {
        return label("files", String.format(Locale.ROOT, "%,d archived, %,d pending, %,d failed", files.archived(),
                files.pending(), files.failed()));
    }

    /** Returns the line about the anchor outside the database. */
    public String proof(AnchorStatus anchor, Instant now) {
        return label("proof",
                anchor.anchoredAt().map(at -> "anchored " + PlainWords.span(Duration.between(at, now)) + " ago, at "
                        + at.truncatedTo(ChronoUnit.SECONDS)).orElse("not anchored yet: a sync that lands does it"));
    }

    /** Returns the companies and streams that need attention, or all of them. */
    public List<String> companies(List<CompanyStatus> companies, Map<Long, WorkLeft> left, boolean all) {
        return companies.stream()
                .filter(company -> all || needsAttention(company)
                        || Optional.ofNullable(left.get(company.id())).filter(WorkLeft::isAny).isPresent())
                .flatMap(company -> company(company, Optional.ofNullable(left.get(company.id())), all).stream())
                .toList();
    }

    /** Says of how many tables somebody would wonder why they are empty. */
    private static String withoutShare(List<CompanyStatus> companies) {
        long tables = companies.stream().flatMap(company -> company.withoutShare().stream()).distinct().count();
        return tables == 0 ? "" : "; " + PlainWords.count(tables, "table") + " only by the data sharing";
    }

    private String label(String name, String text) {
        return String.format(Locale.ROOT, LABEL, name,
                PlainWords.cut(text, Math.max(columns, COLUMNS_MIN) - LABEL_WIDTH));
    }

    /** Such as {@code 12: 11 LIVE, 1 GAP}. */
    private static String counts(List<String> states) {
        Map<String, Long> counts =
                states.stream().collect(Collectors.groupingBy(state -> state, TreeMap::new, Collectors.counting()));
        String each = counts.entrySet().stream().map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "none" : states.size() + ": " + each;
    }

    private static String oldestLag(List<CompanyStatus> companies) {
        record Lagging(String name, Duration lag) {}
        return companies.stream()
                .flatMap(company -> company.streams().stream().flatMap(stream -> stream.lag().stream()
                        .map(lag -> new Lagging(company.alias() + " " + stream.stream(), lag))))
                .max(Comparator.comparing(Lagging::lag))
                .map(oldest -> PlainWords.span(oldest.lag()) + " (" + oldest.name() + ")").orElse("-");
    }

    private static boolean needsAttention(CompanyStatus company) {
        return !company.state().equals("ACTIVE")
                || company.streams().stream().anyMatch(StatusText::needsAttention);
    }

    private static boolean needsAttention(StreamStatus stream) {
        return stream.error().isPresent() || stream.notPermitted().isPresent() || stream.quarantined() > 0
                || stream.missed() > 0 || stream.contradicted().isPresent()
                || stream.state() != StreamState.LIVE && stream.state() != StreamState.APART;
    }

    private List<String> company(CompanyStatus company, Optional<WorkLeft> left, boolean all) {
        List<String> lines = new ArrayList<>(List.of(""));
        String name = "company " + company.id() + " (" + company.alias() + ")";
        String state = company.state() + company.refusal().map(code -> ", " + code).orElse("");
        boolean fits = name.length() + 1 + state.length() <= columns;
        String painted = company.state().equals("ACTIVE") ? paint.good(state) : paint.bad(state);
        lines.add(paint.heading(PlainWords.cut(name, columns)) + (fits ? " " + painted : ""));
        if (!fits) {
            lines.add(INDENT + painted);
        }
        Stream.of(complete(company, left), left.filter(WorkLeft::isAny).map(StatusText::toGo).orElse(""))
                .filter(text -> !text.isEmpty())
                .forEach(text -> lines.addAll(PlainWords.wrap("  " + text, columns, INDENT)));
        if (all && !company.withoutShare().isEmpty()) {
            lines.addAll(PlainWords.wrap("  empty without the data sharing: "
                    + String.join(", ", company.withoutShare()), columns, INDENT));
        }
        List<StreamStatus> shown =
                company.streams().stream()
                        .filter(stream -> all || needsAttention(stream) || stream.since().isPresent()).toList();
        if (!shown.isEmpty()) {
            lines.add(paint.faint(row("stream", "state", "rows", "age", "lag")));
        }
        shown.forEach(stream -> lines.addAll(stream(stream, all)));
        return lines;
    }

    /** Says what is complete, and as of when. */
    private static String complete(CompanyStatus company, Optional<WorkLeft> left) {
        String lists = company.completeAsOf().map(at -> "lists complete as of " + at)
                .orElse("lists are being read for the first time");
        return lists + left.flatMap(WorkLeft::subListsUpTo).map(day -> "; sub-lists of documents after " + day)
                .orElse(company.completeAsOf().isPresent() ? "; sub-lists too" : "")
                + left.flatMap(WorkLeft::filesUpTo).map(day -> "; files of documents after " + day).orElse("");
    }

    private static String toGo(WorkLeft left) {
        String known = left.listing() ? "about " : "";
        String requests = (left.atLeast() ? "at least " : known) + PlainWords.count(left.requests(), "request")
                + " to go";
        return left.timeToGo().map(time -> String.format(Locale.ROOT, "%s, %s at %.1f a second", requests,
                PlainWords.clock(time), left.perSecond())).orElse(requests)
                + (left.atLeast() ? ": how many follow is known once more of the lists is read" : "");
    }

    private List<String> stream(StreamStatus stream, boolean all) {
        List<String> lines = new ArrayList<>();
        lines.add(row(stream.stream(), stream.state().name(), String.format(Locale.ROOT, "%,d", stream.rows()),
                stream.age().map(PlainWords::span).orElse("-"), stream.lag().map(PlainWords::span).orElse("-")));
        List<String> remarks = remarks(stream);
        if (all) {
            stream.position().ifPresent(position -> remarks.add("position " + position));
        }
        if (!remarks.isEmpty()) {
            PlainWords.wrap(INDENT + String.join("; ", remarks), columns, INDENT)
                    .forEach(line -> lines.add(needsAttention(stream) ? paint.warning(line) : paint.faint(line)));
        }
        return lines;
    }

    private String row(String name, String state, String rows, String age, String lag) {
        int width = Math.min(NAME_MAX, Math.max(1, NAME_MAX - (COLUMNS_MIN - columns)));
        return String.format(Locale.ROOT, "  %-" + width + "s %-8s %10s %6s %6s", PlainWords.cut(name, width), state,
                rows, age, lag);
    }

    private static List<String> remarks(StreamStatus stream) {
        List<String> remarks = new ArrayList<>();
        stream.error().ifPresent(remarks::add);
        stream.notPermitted().ifPresent(scope -> remarks.add("not permitted: " + scope));
        if (stream.missed() > 0) {
            remarks.add(stream.missed() + " missed by the changelog");
        }
        if (stream.quarantined() > 0) {
            remarks.add(stream.quarantined() + " in quarantine");
        }
        stream.contradicted().ifPresent(proof -> remarks.add("each is asked for: " + proof + " was wrong"));
        stream.since().ifPresent(date -> remarks.add(String.format(Locale.ROOT, "since %s, %,d left out", date,
                stream.leftOut())));
        if (stream.due() > 0) {
            remarks.add(stream.due() + " to read");
        }
        return remarks;
    }

    /** Returns what was thinned out of a company's ledger and versions, stream by stream. */
    public static List<String> thinned(CompanyStatus company, Map<String, ThinnedStream> streams) {
        List<String> lines = new ArrayList<>();
        streams.forEach((stream, gone) -> {
            lines.add(company.alias() + " " + stream + " was thinned");
            gone.versionsBefore().ifPresent(before -> lines.add(String.format(Locale.ROOT,
                    "  %,d versions that were replaced before %s", gone.versions(), before)));
            gone.batchesBefore().ifPresent(before -> lines.add(String.format(Locale.ROOT,
                    "  %,d batches that landed before %s", gone.batches(), before)));
        });
        return lines;
    }

    /** Returns what a node refuses to run, and since when. */
    public static List<String> lines(NodeReload node) {
        List<String> lines = new ArrayList<>(List.of(""));
        lines.add("routes of node " + node.node() + ": a change is refused since "
                + node.state().refusedAt().orElseThrow() + ", those of " + node.state().loadedAt() + " still run");
        node.state().faults().forEach(fault -> lines.add("  " + fault));
        return lines;
    }

    /** Prints what somebody should look at. */
    public static void printWarnings(PrintWriter out, List<Warning> warnings) {
        if (!warnings.isEmpty()) {
            out.println();
            out.println("warnings: " + warnings.size());
            warnings.forEach(warning -> PlainWords.wrap("  " + warning.line(), Terminal.USUAL_COLUMNS, INDENT)
                    .forEach(out::println));
        }
    }

    /** Returns how the warnings begin, which are told of every command. */
    public static Optional<String> allIsWell(List<CompanyStatus> companies, List<Warning> warnings) {
        return warnings.isEmpty() && companies.stream().noneMatch(StatusText::needsAttention)
                ? Optional.of("All is well.")
                : Optional.empty();
    }
}

package fr.pennylanesync.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.alarm.AlarmStore;
import fr.pennylanesync.archive.FileCounts;
import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.StatusReport;
import fr.pennylanesync.report.StatusReport.CompanyStatus;
import fr.pennylanesync.report.StatusText;
import fr.pennylanesync.report.ThinnedStream;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows where the installation stands: the whole, and every stream that needs attention. */
@Command(name = "status",
        description = "Shows the whole in a few lines, then each company and stream that needs attention: state, rows,"
                + " age, lag, what is due, quarantine, error. --all shows every stream.")
final class StatusCommand implements Callable<Integer> {

    private static final Duration WATCH_EVERY = Duration.ofSeconds(2);
    private static final String CLEARED = "\u001b[H\u001b[2J";

    @Mixin
    private ConfigOption config;

    @Mixin
    private SelectionOptions selection;

    @Option(names = "--all", description = "Show every stream, not only those that need attention.")
    private boolean all;

    @Option(names = "--watch", description = "Show it again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--json", description = "Print JSON, for machines: every stream.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** Exit codes: 0 nothing is wrong, 1 something is, 2 wrong use. */
    @Override
    public Integer call() throws InterruptedException {
        if (watch && json) {
            throw new ParameterException(spec.commandLine(), "--watch and --json exclude each other");
        }
        try (Host host = Host.openToRead(config.load())) {
            Terminal terminal = Terminal.standardOutput();
            PrintWriter out = spec.commandLine().getOut();
            int exit = show(host, terminal, out);
            while (watch && !StopSignal.PROCESS.isAskedWithin(WATCH_EVERY)) {
                StringWriter again = new StringWriter();
                exit = show(host, terminal, new PrintWriter(again));
                out.print((terminal.isSmart() ? CLEARED : "") + again);
                out.flush();
            }
            return exit;
        }
    }

    private int show(Host host, Terminal terminal, PrintWriter out) {
        SelectionOptions.Selected selected = selection.of(host, "show");
        List<String> streams = selection.streams().isEmpty() ? List.of()
                : selected.streams().stream().map(StreamDefinition::name).toList();
        List<CompanyStatus> companies =
                new StatusReport(host.warehouse().jdbc(), host.tables().states(), host.catalog())
                        .companies(selection.isEverything() ? List.of() : selected.companies(), streams);
        if (json) {
            out.println(Json.of(asJson(companies, left(host), host.tables().files(), thinned(host))));
            return tellRest(host, companies, host.attention().all(host.catalog()), spec.commandLine().getErr());
        }
        print(host, companies, new StatusText(terminal), out);
        List<Warning> warnings = host.attention().all(host.catalog());
        StatusText.allIsWell(companies, warnings).ifPresent(well -> out.println("\n" + well
                + (all ? "" : " `status --all` shows every stream.")));
        return tellRest(host, companies, warnings, out);
    }

    /** Prints each line as soon as it is known: what comes first is what most people look for. */
    private void print(Host host, List<CompanyStatus> companies, StatusText text, PrintWriter out) {
        text.summary(companies).forEach(out::println);
        out.println(text.files(count(companies, host.tables().files())));
        out.println(text.proof(AnchorStatus.read(host.warehouse().jdbc()), Instant.now()));
        boolean whole = all || !selection.isEverything();
        text.companies(companies, left(host), whole).forEach(out::println);
        if (whole) {
            companies.forEach(company -> StatusText.thinned(company, thinned(host).apply(company.id()))
                    .forEach(out::println));
        }
    }

    private static Map<Long, WorkLeft> left(Host host) {
        return WorkLeft.read(host.warehouse().jdbc(), host.catalog(), Attention.budget(host.settings()));
    }

    private static LongFunction<Map<String, ThinnedStream>> thinned(Host host) {
        return company -> ThinnedStream.of(host.warehouse().jdbc(), company);
    }

    private static int tellRest(Host host, List<CompanyStatus> companies, List<Warning> warnings, PrintWriter to) {
        List<NodeReload> refused = host.tables().reloads().all().stream()
                .filter(node -> node.state().refusedAt().isPresent()).toList();
        refused.forEach(node -> StatusText.lines(node).forEach(to::println));
        StatusText.printWarnings(to, warnings);
        AlarmsCommand.printOpen(to, new AlarmStore(host.warehouse().jdbc()));
        to.flush();
        return companies.stream().anyMatch(CompanyStatus::isWrong) || !refused.isEmpty()
                || warnings.stream().anyMatch(WarningCode::isWrong) ? PennylaneSync.FAILED : 0;
    }

    private static StatusText.Files count(List<CompanyStatus> companies, PendingFiles files) {
        FileCounts counts = files.total(companies.stream().map(CompanyStatus::id).toList());
        return new StatusText.Files(counts.archived(), counts.pending(), counts.failed() + counts.quarantined());
    }

    /** The files of a stream, and what was thinned out of it, stand beside its other facts. */
    private static JsonNode asJson(List<CompanyStatus> companies, Map<Long, WorkLeft> left, PendingFiles files,
            LongFunction<Map<String, ThinnedStream>> thinned) {
        ArrayNode all = Json.tree(companies);
        all.forEach(company -> {
            WorkLeft work = left.get(company.path("id").longValue());
            set(company, "left", work);
            set(company, "timeToGo", Optional.ofNullable(work).flatMap(WorkLeft::timeToGo).orElse(null));
            Map<String, FileCounts> counts = files.counts(company.path("id").longValue());
            Map<String, ThinnedStream> gone = thinned.apply(company.path("id").longValue());
            company.path("streams").forEach(stream -> {
                set(stream, "files", counts.get(stream.path("stream").textValue()));
                set(stream, "thinned", gone.get(stream.path("stream").textValue()));
            });
        });
        return all;
    }

    private static void set(JsonNode stream, String name, Object facts) {
        Optional.ofNullable(facts).ifPresent(there -> ((ObjectNode) stream).set(name, Json.tree(there)));
    }
}

package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.pennylanesync.archive.FileCounts;
import fr.pennylanesync.archive.PendingFiles;
import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.StatusReport;
import fr.pennylanesync.report.StatusReport.CompanyStatus;
import fr.pennylanesync.report.StreamStatus;
import fr.pennylanesync.report.ThinnedStream;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the state of every stream of every company. */
@Command(name = "status",
        description = "Shows per company and stream: state, checkpoint, age, lag, rows, what is due, quarantine, "
                + "files (archived,"
                + " pending, failed), last error.")
final class StatusCommand implements Callable<Integer> {

    private static final JsonMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
                    .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT).build();

    @Mixin
    private ConfigOption config;

    @Option(names = "--json", description = "Print JSON, for machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        try (Host host = Host.openToRead(config.load())) {
            List<CompanyStatus> companies =
                    new StatusReport(host.warehouse().jdbc(), host.tables().states(), host.catalog()).companies();
            PrintWriter out = spec.commandLine().getOut();
            PendingFiles files = host.tables().files();
            Map<Long, Map<String, ThinnedStream>> thinned = companies.stream().collect(Collectors.toMap(
                    CompanyStatus::id, company -> ThinnedStream.of(host.warehouse().jdbc(), company.id())));
            if (json) {
                out.println(JSON.writeValueAsString(asJson(companies, files, thinned)));
            } else {
                companies.forEach(company -> {
                    print(out, company, files.counts(company.id()));
                    thinned.get(company.id()).forEach((stream, gone) -> print(out, stream, gone));
                });
            }
            List<NodeReload> refused = host.tables().reloads().all().stream()
                    .filter(node -> node.state().refusedAt().isPresent()).toList();
            refused.forEach(node -> print(json ? spec.commandLine().getErr() : out, node));
            List<Warning> warnings = host.attention().all(host.catalog());
            WarningLines.print(json ? spec.commandLine().getErr() : out, warnings);
            return companies.stream().anyMatch(CompanyStatus::isWrong) || !refused.isEmpty()
                    || warnings.stream().anyMatch(WarningCode::isWrong) ? PennylaneSync.FAILED : 0;
        }
    }

    /** The files of a stream, and what was thinned out of it, stand beside its other facts. */
    private static JsonNode asJson(List<CompanyStatus> companies, PendingFiles files,
            Map<Long, Map<String, ThinnedStream>> thinned) {
        ArrayNode all = JSON.valueToTree(companies);
        all.forEach(company -> {
            Map<String, FileCounts> counts = files.counts(company.path("id").longValue());
            Map<String, ThinnedStream> gone = thinned.get(company.path("id").longValue());
            company.path("streams").forEach(stream -> {
                set(stream, "files", counts.get(stream.path("stream").textValue()));
                set(stream, "thinned", gone.get(stream.path("stream").textValue()));
            });
        });
        return all;
    }

    private static void set(JsonNode stream, String name, Object facts) {
        Optional.ofNullable(facts).ifPresent(there -> ((ObjectNode) stream).set(name, JSON.valueToTree(there)));
    }

    private static void print(PrintWriter out, String stream, ThinnedStream gone) {
        out.printf(Locale.ROOT, "  %s was thinned:%s%s%n", stream,
                gone.versionsBefore().map(before -> String.format(Locale.ROOT,
                        " %,d versions that were replaced before %s", gone.versions(), before)).orElse(""),
                gone.batchesBefore().map(before -> String.format(Locale.ROOT,
                        " %,d batches that landed before %s", gone.batches(), before)).orElse(""));
    }

    private static void print(PrintWriter out, NodeReload node) {
        out.printf(Locale.ROOT, "%nroutes of node %s: a change is refused since %s, those of %s still run%n",
                node.node(),
                node.state().refusedAt().orElseThrow(), node.state().loadedAt());
        node.state().faults().forEach(fault -> out.println("  " + fault));
    }

    private static void print(PrintWriter out, CompanyStatus company, Map<String, FileCounts> files) {
        out.printf(Locale.ROOT, "%ncompany %d (%s) %s%s%n", company.id(), company.alias(), company.state(),
                company.refusal().map(code -> ", " + code).orElse(""));
        out.printf(Locale.ROOT, "  %-42s %-9s %-28s %10s %8s %8s %6s %5s %-18s %s%n", "stream", "state", "position",
                "rows", "age",
                "lag", "due", "quar.",
                "files a/p/f", "error");
        for (StreamStatus stream : company.streams()) {
            out.printf(Locale.ROOT, "  %-42s %-9s %-28s %,10d %8s %8s %6d %5d %-18s %s%n", stream.stream(),
                    stream.state(),
                    stream.position().orElse("-"),
                    stream.rows(), time(stream.age()), time(stream.lag()), stream.due(), stream.quarantined(),
                    inShort(files.get(stream.stream())), remark(stream));
        }
    }

    private static String remark(StreamStatus stream) {
        String missed = stream.missed() == 0 ? "" : stream.missed() + " missed by the changelog";
        return stream.error().or(() -> stream.notPermitted().map(scope -> "not permitted: " + scope)).orElse(missed);
    }

    /** Archived, pending, and neither: failed or set aside. */
    private static String inShort(FileCounts files) {
        return files == null ? "-"
                : String.format(Locale.ROOT, "%,d/%,d/%,d", files.archived(), files.pending(),
                        files.failed() + files.quarantined());
    }

    private static String time(Optional<Duration> span) {
        return span.map(time -> time.toHours() >= 1 ? time.toHours() + " h"
                : time.toMinutes() >= 1 ? time.toMinutes() + " min"
                        : time.toSeconds() + " s")
                .orElse("-");
    }
}

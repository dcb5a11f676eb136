package fr.pennylanesync.cli;

import fr.pennylanesync.warehouse.StatusReport;
import fr.pennylanesync.warehouse.StatusReport.CompanyStatus;
import fr.pennylanesync.warehouse.StreamStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where every stream of every company stands. */
@Command(name = "status", description = "Per company and stream: state, checkpoint, age, lag, rows, what is due, quarantine, last error.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (Host host = Host.open(config.load())) {
            List<CompanyStatus> companies = new StatusReport(host.warehouse().jdbc(), host.catalog()).companies();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.of(companies));
            } else {
                companies.forEach(company -> print(out, company));
            }
            return companies.stream().anyMatch(CompanyStatus::isWrong) ? PennylaneSync.FAILED : 0;
        }
    }

    private static void print(PrintWriter out, CompanyStatus company) {
        out.printf("%ncompany %d (%s) %s%s%n", company.id(), company.alias(), company.state(), company.refusal().map(code -> ", " + code).orElse(""));
        out.printf("  %-42s %-9s %-28s %10s %8s %8s %6s %5s  %s%n", "stream", "state", "position", "rows", "age", "lag", "due", "quar.", "error");
        for (StreamStatus stream : company.streams()) {
            out.printf("  %-42s %-9s %-28s %,10d %8s %8s %6d %5d  %s%n", stream.stream(), stream.state(), stream.position().orElse("-"), stream.rows(),
                    time(stream.age()), time(stream.lag()), stream.due(), stream.quarantined(), remark(stream));
        }
    }

    private static String remark(StreamStatus stream) {
        return stream.error().or(() -> stream.notPermitted().map(scope -> "not permitted: " + scope)).orElse("");
    }

    private static String time(Optional<Duration> span) {
        return span.map(time -> time.toHours() >= 1 ? time.toHours() + " h" : time.toMinutes() >= 1 ? time.toMinutes() + " min"
                : time.toSeconds() + " s").orElse("-");
    }
}

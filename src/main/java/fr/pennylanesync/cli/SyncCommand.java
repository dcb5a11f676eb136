package fr.pennylanesync.cli;

import fr.pennylanesync.company.RefreshReport;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.report.StatusText;
import fr.pennylanesync.runtime.SyncRequests;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.ProgressDisplay;
import fr.pennylanesync.token.Company;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One sync now, in the foreground. */
@Command(name = "sync",
        description = "Does one sync now, in the foreground, with progress. Without --pass it does what is due.")
final class SyncCommand implements Callable<Integer> {

    private static final int ME_ATTEMPTS_MAX = 3;

    /** The passes that somebody can ask for. */
    enum RequestedPass {
        HISTORY, WALK, CHANGES, SWEEP;

        PassKind kind() {
            return PassKind.valueOf(name());
        }
    }

    @Mixin
    private ConfigOption config;

    @Option(names = "--company", paramLabel = "ALIAS", description = "Only this company (alias or id); repeatable.")
    private List<String> companies = new ArrayList<>();

    @Option(names = "--stream", paramLabel = "STREAM",
            description = "Only this stream, with its sub-lists; repeatable.")
    private List<String> streams = new ArrayList<>();

    @Option(names = "--pass", paramLabel = "PASS", description = "One of history, walk, changes, sweep.")
    private RequestedPass pass;

    @Option(names = "--confirm",
            description = "Let a sweep delete more than its guard allows (5 %% and more than 20 rows of a stream).")
    private boolean confirm;

    @Option(names = "--files", negatable = true,
            description = {"Archive the files that are due, after the records. --files begins only if"
                    + " the archive is there; --no-files does not open it.",
                    "Without either: files are archived if the archive is there."})
    private Boolean files;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (Host host = Host.open(config.load())) {
            refuseUnknown(host.catalog());
            PrintWriter out = spec.commandLine().getOut();
            SyncRuntime runtime = host.runtime();
            if (Boolean.TRUE.equals(files)) {
                runtime.archive().bucket();
            }
            RefreshReport report = identified(runtime);
            report.directoryFault().ifPresent(fault -> out.println(fault.name() + ": " + fault.explanation()));
            report.deferred().forEach(
                    deferral -> out.println(deferral.alias() + ": not identified, " + deferral.reason()));
            report.refusals()
                    .forEach(refusal -> out.println(refusal.alias() + ": " + refusal.code() + ", " + refusal.remedy()));
            List<Company> selected = selected(report.active());
            sync(host, selected);
            boolean complete = new SyncSummary(runtime.progress(), selected).print(out);
            StopSignal.PROCESS.refuseIfAsked();
            complete &= archived(runtime, selected);
            StopSignal.PROCESS.refuseIfAsked();
            anchor(runtime);
            StatusText.printWarnings(out, host.attention().all(host.catalog()));
            return complete && report.refusals().isEmpty() && report.deferred().isEmpty() && !selected.isEmpty() ? 0
                    : PennylaneSync.FAILED;
        }
    }

    private void sync(Host host, List<Company> selected) {
        Voice.current().step("Syncing " + PlainWords.count(selected.size(), "company", "companies"));
        SyncMeter meter = new SyncMeter(host.runtime(), host.warehouse(), Attention.budget(host.settings()), selected,
                streams);
        try (ProgressDisplay ignored = Voice.current().progress(meter::text)) {
            host.runtime().sync(selected, streams,
                    SyncRequests.of(host.settings().sync(), Optional.ofNullable(pass).map(RequestedPass::kind),
                            confirm));
        }
    }

    /** A document that is not made now is made by the next sync, or by a run. */
    private void anchor(SyncRuntime runtime) {
        if (!Boolean.FALSE.equals(files)) {
            runtime.anchorIfDue()
                    .ifPresent(code -> spec.commandLine().getOut().println("digest: none stored, " + code));
        }
    }

    /** The records are there in any case: an archive that is away costs the exit code, and its files come later. */
    private boolean archived(SyncRuntime runtime, List<Company> selected) {
        if (Boolean.FALSE.equals(files)) {
            return true;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (runtime.hasFilesDue(selected)) {
            try {
                runtime.archive().bucket();
            } catch (SyncException away) {
                out.println("files: none archived, " + away.getMessage());
                return false;
            }
            archive(runtime, selected, streams);
        }
        return new FileSummary(runtime.archive()).print(out, selected);
    }

    /** Archives what is due, and shows how far it is. */
    static void archive(SyncRuntime runtime, List<Company> companies, List<String> streams) {
        Voice.current().step("Archiving files");
        FileMeter meter = new FileMeter(runtime.archive(), companies);
        try (ProgressDisplay ignored = Voice.current().progress(meter::text)) {
            runtime.archive(companies, streams);
        }
    }

    /** A question to {@code /me} that got no answer is asked again before the sync goes on without the company. */
    private static RefreshReport identified(SyncRuntime runtime) {
        RefreshReport report = runtime.refreshCompanies();
        for (int attempt = 1; attempt < ME_ATTEMPTS_MAX && !report.deferred().isEmpty(); attempt++) {
            report = runtime.refreshCompanies();
        }
        return report;
    }

    private void refuseUnknown(StreamCatalog catalog) {
        for (String stream : streams) {
            if (catalog.find(stream).isEmpty()) {
                throw CommandErrorCode.refused("N" + SelectionOptions.noStream(stream, catalog).substring(1));
            }
        }
    }

    private List<Company> selected(List<Company> active) {
        for (String wanted : companies) {
            if (active.stream().noneMatch(company -> isNamed(company, wanted))) {
                throw CommandErrorCode.refused("No active company " + wanted + "."
                        + PlainWords.didYouMean(wanted, active.stream().map(Company::alias).toList())
                        + " `companies` lists them, `tokens check` says why one is not active.");
            }
        }
        if (active.isEmpty()) {
            spec.commandLine().getErr().println("No active company: put a token file into pennylane.tokens.directory;"
                    + " `tokens add ALIAS` does that.");
        }
        return active.stream().filter(
                company -> companies.isEmpty() || companies.stream().anyMatch(wanted -> isNamed(company, wanted)))
                .toList();
    }

    private static boolean isNamed(Company company, String wanted) {
        return company.alias().equalsIgnoreCase(wanted) || Long.toString(company.id()).equals(wanted);
    }
}

package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.audit.Audit;
import fr.pennylanesync.audit.AuditKind;
import fr.pennylanesync.audit.AuditResult;
import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.ShareAudit;
import fr.pennylanesync.runtime.NotedRun;
import fr.pennylanesync.runtime.ScheduledAudits;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.terminal.PlainWords;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Compares the warehouse with an independent source. */
@Command(name = "audit",
        description = "Compares the warehouse with an independent source, and the books with themselves. Names every"
                + " difference, keeps the results in pennylane_sync.audit.")
final class AuditCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(names = "--kind", paramLabel = "KIND", converter = Kind.class,
            description = "share: digests of the data sharing. books: debit is credit, what is referred to is here,"
                    + " sums are right. trial-balance: Pennylane's totals by account and fiscal year. fec: the file of"
                    + " accounting entries. reread: a sample of the records. Repeatable; default: every kind that can"
                    + " run.")
    private List<AuditKind> kinds = new ArrayList<>();

    @Option(names = "--repair", description = "Read what differs again from its source, and only that.")
    private boolean repair;

    @Option(names = "--acknowledge",
            description = "Say that the data sharing leaves out, for a reason that you know, the"
                    + " rows of the API that it does not show now; no audit tells of these any more.")
    private boolean acknowledge;

    @Mixin
    private SelectionOptions selection;

    @Option(names = "--json", description = "Print JSON, for machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /**
     * Exit codes: 0 nothing differs, or all of it was repaired; 1 something differs, or could not be compared; 2 wrong
     * use.
     */
    @Override
    public Integer call() throws JsonProcessingException {
        try (Host host = Host.open(config.load())) {
            SelectionOptions.Selected selected = selection.of(host, "audit");
            List<AuditResult> results = acknowledge ? share(host).acknowledge(selected.companies(), selected.streams())
                    : run(host, selected);
            print(results);
            return AuditResult.anyAmiss(results) ? PennylaneSync.FAILED : 0;
        }
    }

    private List<AuditResult> run(Host host, SelectionOptions.Selected selected) {
        List<AuditResult> results = new ArrayList<>();
        for (AuditKind kind : wanted(host)) {
            List<Long> companies = companies(host, kind, selected);
            OptionalLong one = companies.size() == 1 ? OptionalLong.of(companies.get(0)) : OptionalLong.empty();
            results.addAll(NotedRun.noting(host.warehouse().jdbc(), RunKind.AUDIT, one, kind.label(),
                    () -> audit(host, kind).run(companies, selected.streams(), repair), ScheduledAudits::result));
        }
        return results;
    }

    /** A company that is paused, or whose token is refused, cannot be asked. */
    private static List<Long> companies(Host host, AuditKind kind, SelectionOptions.Selected selected) {
        return kind != AuditKind.SHARE && kind != AuditKind.BOOKS
                ? selected.companies().stream()
                        .filter(id -> host.runtime().companies().active().stream().anyMatch(each -> each.id() == id))
                        .toList()
                : selected.companies();
    }

    private List<AuditKind> wanted(Host host) {
        if (!kinds.isEmpty()) {
            return kinds.stream().distinct().toList();
        }
        List<AuditKind> all = List.of(AuditKind.SHARE, AuditKind.BOOKS, AuditKind.TRIAL_BALANCE, AuditKind.FEC,
                AuditKind.REREAD);
        return host.settings().share().isPresent() ? all : all.subList(1, all.size());
    }

    private static Audit audit(Host host, AuditKind kind) {
        return switch (kind) {
            case SHARE -> share(host);
            case BOOKS -> host.tables().booksAudit(host.catalog(),
                    (company, streams) -> host.runtime().readDue(company, streams));
            case TRIAL_BALANCE -> host.tables().trialBalanceAudit(host.runtime().reader());
            case REREAD -> host.tables().rereadAudit(host.catalog(), host.settings().audit().rereadDays(),
                    (company, streams) -> host.runtime().readDue(company, streams));
            case FEC -> host.tables().fecAudit(host.runtime().reader());
        };
    }

    private static ShareAudit share(Host host) {
        Share share = host.settings().share().map(Share::of)
                .orElseThrow(() -> CommandErrorCode.refused(
                        "No data sharing is configured: set share.jdbc-url, share.username, share.password."));
        return host.tables().audit(share, (company, stream, months) -> host.runtime().repair(company, stream, months));
    }

    private void print(List<AuditResult> results) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(results));
            return;
        }
        for (AuditResult result : results) {
            if (result.outcome() == AuditOutcome.FAILED) {
                out.printf(Locale.ROOT, "failed    %s company %d %s: %s%n", result.kind(), result.companyId(),
                        result.stream(),
                        result.note());
                continue;
            }
            out.printf(Locale.ROOT,
                    "%-9s %s company %d %s%s: %s there, %,d here, %d differ, %d missing, %d too much%s%n",
                    result.outcome().name().toLowerCase(Locale.ROOT), result.kind(), result.companyId(),
                    result.stream(), result.part().isEmpty() ? "" : " " + result.part(),
                    PlainWords.count(result.sourceRows(), "row"),
                    result.warehouseRows(),
                    result.differing(),
                    result.missing(), result.surplus(), result.note().isEmpty() ? "" : " (" + result.note() + ")");
        }
    }

    /** By the names that the tables have. */
    static final class Kind implements ITypeConverter<AuditKind> {
        @Override
        public AuditKind convert(String text) {
            for (AuditKind kind : AuditKind.values()) {
                if (kind.label().equals(text.toLowerCase(Locale.ROOT))) {
                    return kind;
                }
            }
            throw new TypeConversionException("expected one of share, trial-balance, fec, reread, books");
        }
    }
}

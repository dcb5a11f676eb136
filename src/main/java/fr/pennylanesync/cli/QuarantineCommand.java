package fr.pennylanesync.cli;

import fr.pennylanesync.report.QuarantineEntry;
import fr.pennylanesync.report.QuarantineList;
import fr.pennylanesync.runtime.QuarantineRetry;
import fr.pennylanesync.runtime.QuarantineRetry.Retried;
import fr.pennylanesync.runtime.QuarantineRetry.RetryOutcome;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Lists what was set aside, shows one case, reads it again. Of a record's content no more than its form is ever
 * printed.
 */
@Command(name = "quarantine", description = "Lists what was set aside, shows one entry, reads it again.",
        subcommands = {QuarantineCommand.ListEntries.class, QuarantineCommand.Show.class,
                QuarantineCommand.Retry.class})
final class QuarantineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "Say which: quarantine list, quarantine show ID, or quarantine retry ID|--all");
    }

    private static QuarantineList entries(Host host) {
        return new QuarantineList(host.warehouse().jdbc(), host.catalog());
    }

    private static QuarantineEntry find(Host host, long id) {
        return entries(host).find(id)
                .orElseThrow(() -> CommandErrorCode.refused("No entry " + id + ". `quarantine list` names them."));
    }

    /** Lists the entries. */
    @Command(name = "list", description = "Lists the entries that are open.")
    static final class ListEntries implements Callable<Integer> {

        private static final String INDENT = " ".repeat(10);

        @Mixin
        private ConfigOption config;

        @Option(names = "--company", paramLabel = "ALIAS", description = "Only this company (alias or id).")
        private String company;

        @Option(names = "--resolved", description = "List the entries that are resolved, too.")
        private boolean resolved;

        @Option(names = "--json", description = "Print JSON, for machines.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.openToRead(config.load())) {
                List<QuarantineEntry> entries = entries(host).entries(Optional.ofNullable(company), resolved);
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    out.println(Json.of(entries));
                    return 0;
                }
                if (entries.isEmpty()) {
                    out.println("Nothing is open.");
                }
                int columns = Terminal.standardOutput().columns();
                entries.forEach(entry -> {
                    out.printf(Locale.ROOT, "%8d  %-7s %s%s%n", entry.id(), entry.kind(), entry.reason(),
                            entry.isOpen() ? "" : ", resolved " + resolved(entry));
                    PlainWords.wrap(INDENT + where(entry), columns, INDENT).forEach(out::println);
                });
                return 0;
            }
        }

        private static String where(QuarantineEntry entry) {
            return entry.company().orElse(Long.toString(entry.companyId())) + " " + entry.stream()
                    + (entry.parentId() == 0 ? "" : ", parent " + entry.parentId())
                    + (entry.recordId() == 0 ? "" : ", record " + entry.recordId())
                    + (entry.subject().isEmpty() ? "" : ", " + entry.subject());
        }
    }

    /** Everything about one entry. */
    @Command(name = "show",
            description = "Shows everything about one entry: ids, hash, times, reason, remedy, and what was received, "
                    + "masked.")
    static final class Show implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Parameters(paramLabel = "ID", description = "The entry's id.")
        private long id;

        @Option(names = "--json", description = "Print JSON, for machines.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.openToRead(config.load())) {
                QuarantineEntry entry = find(host, id);
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    out.println(Json.of(entry));
                    return 0;
                }
                out.printf(Locale.ROOT,
                        "entry       %d%ncompany     %d (%s)%nstream      %s%nkind        %s%nparent      %d%nrecord  "
                                + "    %d%nsubject     %s%n",
                        entry.id(), entry.companyId(), entry.company().orElse("unknown"), entry.stream(), entry.kind(),
                        entry.parentId(),
                        entry.recordId(), entry.subject());
                out.printf(Locale.ROOT,
                        "reason      %s%nfirst seen  %s%nlast seen   %s%nresolved    %s%nreceived    %s%nrecord hash "
                                + "%s%nremedy      %s%n",
                        entry.reason(),
                        entry.firstSeenAt(), entry.lastSeenAt(), resolved(entry),
                        entry.form().orElse("nothing is kept"), entry.recordHash().orElse("no row"), entry.remedy());
                return 0;
            }
        }
    }

    private static String resolved(QuarantineEntry entry) {
        return entry.resolvedAt().map(at -> at + entry.resolution().map(how -> " " + how).orElse("")).orElse("no");
    }

    /** Reads entries again. */
    @Command(name = "retry",
            description = "Reads one entry or all open ones again. What lands is resolved; a file waits for the next "
                    + "archive run.")
    static final class Retry implements Callable<Integer> {

        /** One of the two. */
        static final class Which {

            @Parameters(paramLabel = "ID", description = "The entry's id.")
            private long id;

            @Option(names = "--all", description = "Read every open entry again.")
            private boolean all;
        }

        @Mixin
        private ConfigOption config;

        @ArgGroup(multiplicity = "1")
        private Which which;

        @Option(names = "--confirm", description = "Let a sweep that its guard stopped delete what it found gone.")
        private boolean confirm;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                List<QuarantineEntry> entries = selected(host);
                if (entries.isEmpty()) {
                    spec.commandLine().getOut().println("Nothing is open.");
                    return 0;
                }
                host.runtime().refreshCompanies();
                List<Retried> retried = new QuarantineRetry(host.runtime(), host.settings().sync(), host.tables(),
                        host.runtime().archive().files()::retry).retry(entries, confirm);
                retried.forEach(this::print);
                return retried.stream().allMatch(Retry::isGood) ? 0 : PennylaneSync.FAILED;
            }
        }

        private List<QuarantineEntry> selected(Host host) {
            if (which.all) {
                return entries(host).entries(Optional.empty(), false);
            }
            QuarantineEntry entry = find(host, which.id);
            return entry.isOpen() ? List.of(entry) : List.of();
        }

        private void print(Retried retried) {
            QuarantineEntry entry = retried.entry();
            spec.commandLine().getOut().printf(Locale.ROOT, "%8d  %s %s %s: %s%s%n", entry.id(),
                    entry.company().orElse(Long.toString(entry.companyId())),
                    entry.stream(), entry.kind(), retried.outcome(),
                    isGood(retried) ? "" : ", " + entry.reason() + ": " + entry.remedy());
        }

        private static boolean isGood(Retried retried) {
            return retried.outcome() == RetryOutcome.RESOLVED || retried.outcome() == RetryOutcome.PENDING;
        }
    }
}

package fr.pennylanesync.cli;

import fr.pennylanesync.company.TokenCheck.CheckedToken;
import fr.pennylanesync.company.TokenCheck.TokenCheckResult;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.Terminal;
import fr.pennylanesync.token.Company;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The companies: list them, pause one, resume one. */
@Command(name = "companies", description = "Lists the companies; pauses or resumes one.",
        subcommands = {CompaniesCommand.PauseCommand.class, CompaniesCommand.Resume.class})
final class CompaniesCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    /** @param id empty where no company is known for the token file */
    private record Listed(String alias, String id, String state, String why) {}

    @Override
    public Integer call() {
        try (Host host = Host.open(config.load())) {
            List<Company> known = host.tables().companies().all();
            List<Listed> listed = new ArrayList<>();
            known.forEach(company -> listed.add(new Listed(company.alias(), Long.toString(company.id()),
                    company.state().name(), company.pause().map(Enum::name).or(company::refusal).orElse(""))));
            TokenCheckResult checked = host.tokenCheck();
            PrintWriter out = spec.commandLine().getOut();
            checked.directoryFault().ifPresent(fault -> out.println(fault + ": " + fault.explanation()));
            checked.tokens().forEach(token -> {
                if (token instanceof CheckedToken.Good fresh
                        && known.stream().noneMatch(company -> company.alias().equals(fresh.alias()))) {
                    listed.add(new Listed(fresh.alias(), Long.toString(fresh.companyId()), "NEW",
                            "the next sync takes it in"));
                }
                if (token instanceof CheckedToken.Unusable refused) {
                    listed.add(new Listed(refused.alias(), "", "REFUSED",
                            refused.code() + ", " + refused.remedy()));
                }
            });
            print(out, listed);
            return checked.tokens().stream().noneMatch(CheckedToken.Unusable.class::isInstance) ? 0
                    : PennylaneSync.FAILED;
        }
    }

    /** The alias comes last, so that none is too long for its column. */
    private static void print(PrintWriter out, List<Listed> listed) {
        int ids = listed.stream().mapToInt(each -> each.id().length()).max().orElse(0);
        int columns = Terminal.standardOutput().columns();
        String indent = " ".repeat(ids + 2);
        listed.forEach(each -> {
            out.printf(Locale.ROOT, "%" + Math.max(1, ids) + "s  %-8s %s%n", each.id(), each.state(), each.alias());
            if (!each.why().isEmpty()) {
                PlainWords.wrap(indent + each.why(), columns, indent).forEach(out::println);
            }
        });
    }

    private static SyncException none(Host host, String alias, String which) {
        return CommandErrorCode.refused("No company " + alias + " " + which + "."
                + PlainWords.meant(alias, aliases(host)).filter(meant -> !meant.equals(alias))
                        .map(meant -> " Did you mean " + meant + "?").orElse("")
                + " `companies` lists them.");
    }

    private static List<String> aliases(Host host) {
        return host.warehouse().jdbc().sql("select alias from pennylane_sync.company order by 1").query(String.class)
                .list();
    }

    /** Stops reading a company until it is resumed. */
    @Command(name = "pause", description = "Stops reading a company until it is resumed.")
    static final class PauseCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Parameters(paramLabel = "ALIAS", description = "The company's alias.")
        private String alias;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                if (!host.companies().pause(alias)) {
                    throw none(host, alias, "that is not paused already");
                }
                spec.commandLine().getOut().println(alias + " is paused: it is not read any more, and its rows stay."
                        + " `companies resume " + alias + "` has it read again.");
                return 0;
            }
        }
    }

    /** Reads a paused company again. */
    @Command(name = "resume", description = "Reads a paused company again.")
    static final class Resume implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Parameters(paramLabel = "ALIAS", description = "The company's alias.")
        private String alias;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                if (!host.companies().resume(alias)) {
                    throw none(host, alias, "that an operator paused");
                }
                spec.commandLine().getOut().println(alias + " is read again, from the next sync on.");
                return 0;
            }
        }
    }
}

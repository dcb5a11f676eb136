package fr.pennylanesync.cli;

import fr.pennylanesync.company.TokenCheck.CheckedToken;
import fr.pennylanesync.company.TokenCheck.TokenCheckResult;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.token.Company;
import java.io.PrintWriter;
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

    @Override
    public Integer call() {
        try (Host host = Host.open(config.load())) {
            List<Company> known = host.tables().companies().all();
            known.forEach(company -> list(company.alias(), company.id(), company.state().name(),
                    company.pause().map(Enum::name).or(company::refusal).orElse("")));
            TokenCheckResult checked = host.tokenCheck();
            PrintWriter out = spec.commandLine().getOut();
            checked.directoryFault().ifPresent(fault -> out.println(fault + ": " + fault.explanation()));
            checked.tokens().forEach(token -> {
                if (token instanceof CheckedToken.Good fresh
                        && known.stream().noneMatch(company -> company.alias().equals(fresh.alias()))) {
                    list(fresh.alias(), fresh.companyId(), "NEW", "the next sync takes it in");
                }
                if (token instanceof CheckedToken.Unusable refused) {
                    out.printf(Locale.ROOT, "%-24s refused: %s, %s%n", refused.alias(), refused.code(),
                            refused.remedy());
                }
            });
            return checked.tokens().stream().noneMatch(CheckedToken.Unusable.class::isInstance) ? 0
                    : PennylaneSync.FAILED;
        }
    }

    private void list(String alias, long id, String state, String why) {
        spec.commandLine().getOut().printf(Locale.ROOT, "%-24s %-12d %-8s %s%n", alias, id, state, why);
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

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                if (!host.companies().pause(alias)) {
                    throw none(host, alias, "that is not paused already");
                }
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

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                if (!host.companies().resume(alias)) {
                    throw none(host, alias, "that an operator paused");
                }
                return 0;
            }
        }
    }
}

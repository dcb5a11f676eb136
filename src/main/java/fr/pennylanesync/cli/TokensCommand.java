package fr.pennylanesync.cli;

import fr.pennylanesync.company.CompanyDirectory;
import fr.pennylanesync.company.TokenCheck.CheckedToken;
import fr.pennylanesync.company.TokenCheck.TokenCheckResult;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.CompanyState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tokens: check each against {@code /me}, put a new one in place. No token is ever printed. */
@Command(name = "tokens",
        description = "Checks the tokens, takes in a company by its token or by OAuth, or puts a new token in place"
                + " without downtime.",
        subcommands = {TokensCommand.CheckCommand.class, TokensAdd.class, TokensLogin.class,
                TokensCommand.Rotate.class})
final class TokensCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(),
                "Say which: tokens check, tokens add ALIAS, tokens login ALIAS, or tokens rotate ALIAS");
    }

    /** The scope domains that the enabled streams need. */
    static Collection<String> domains(StreamCatalog catalog) {
        Set<String> domains = new TreeSet<>();
        catalog.all().stream().filter(StreamDefinition::enabled)
                .forEach(stream -> domains.addAll(stream.scopes()));
        return domains;
    }

    /** Each token against {@code /me}. */
    @Command(name = "check",
            description = "Checks each token against /me: its company, its scopes present and missing.")
    static final class CheckCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                PrintWriter out = spec.commandLine().getOut();
                TokenCheckResult result = host.tokenCheck();
                result.directoryFault().ifPresent(fault -> out.println(fault + ": " + fault.explanation()));
                Collection<String> domains = domains(host.catalog());
                result.tokens().forEach(token -> out.println(line(token, domains)));
                host.expiries().notices(good(result))
                        .forEach(notice -> out.printf(Locale.ROOT, "%s: %s%s, %s%n", notice.alias(), notice.code(),
                                notice.expiresOn().map(day -> " on " + day).orElse(""), notice.code().remedy()));
                boolean good = result.directoryFault().isEmpty()
                        && result.tokens().stream().allMatch(CheckedToken.Good.class::isInstance);
                return good ? 0 : PennylaneSync.FAILED;
            }
        }

        private static List<Company> good(TokenCheckResult result) {
            return result.tokens().stream().filter(CheckedToken.Good.class::isInstance)
                    .map(CheckedToken.Good.class::cast).map(token -> new Company(token.companyId(), token.alias(),
                            CompanyState.ACTIVE, token.scopes(), Optional.empty(), Optional.empty()))
                    .toList();
        }

        private static String line(CheckedToken token, Collection<String> domains) {
            if (token instanceof CheckedToken.Unusable refused) {
                return refused.alias() + ": refused, " + refused.code() + ", " + refused.remedy();
            }
            if (token instanceof CheckedToken.Unknown unknown) {
                return unknown.alias() + ": not checked, " + unknown.code();
            }
            CheckedToken.Good good = (CheckedToken.Good) token;
            Set<String> missing = good.scopes().missing(domains);
            return good.alias() + ", company " + good.companyId() + ": good, "
                    + PlainWords.count(good.scopes().names().size(), "scope")
                    + (missing.isEmpty() ? "" : ", missing " + String.join(", ", missing));
        }
    }

    /** A new token for a company. */
    @Command(name = "rotate",
            description = "Verifies a new token, read from standard input or from <alias>.token.next, "
                    + "and puts it in place.")
    static final class Rotate implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Parameters(paramLabel = "ALIAS", description = "The company's alias.")
        private String alias;

        @Option(names = "--next", description = "Take <alias>.token.next instead of standard input.")
        private boolean next;

        @Option(names = "--expires", paramLabel = "DATE",
                description = "When the new token ends, as Pennylane showed it (2027-03-31): warns 14 days"
                        + " ahead.")
        private LocalDate expiresOn;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException {
            try (Host host = Host.open(config.load())) {
                if (host.tables().companies().byAlias(alias).isEmpty()) {
                    host.companies().refresh();
                }
                return rotate(host, next ? Optional.empty() : Optional.of(fromStandardInput()));
            }
        }

        private int rotate(Host host, Optional<Secret> token) {
            try {
                CompanyDirectory directory = host.companies();
                Collection<String> domains = domains(host.catalog());
                Company company = token.isPresent()
                        ? directory.rotate(alias, token.get(), domains)
                        : directory.rotateToNext(alias, domains);
                if (expiresOn != null) {
                    host.expiries().write(alias, expiresOn);
                }
                spec.commandLine().getOut().printf(Locale.ROOT, "%s: the new token of company %d is in place%n", alias,
                        company.id());
                return 0;
            } catch (SyncException refused) {
                spec.commandLine().getErr()
                        .println(alias + ": " + refused.getMessage() + ". The old token stays in place.");
                return PennylaneSync.FAILED;
            }
        }

        private static Secret fromStandardInput() throws IOException {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = input.readLine();
            if (line == null || line.isBlank()) {
                throw CommandErrorCode.refused("No token on standard input: pipe it in, or use --next.");
            }
            return Secret.of(line.strip());
        }
    }
}

package fr.pennylanesync.cli;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.NewToken;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes in a company by its own token. */
@Command(name = "add",
        description = "Takes in a company: reads its token without showing it, or from standard input, checks it"
                + " against /me, and writes <alias>.token, mode 0600.")
final class TokensAdd implements Callable<Integer> {

    private static final int SECRET_BYTES_MAX = 100_000;

    @Mixin
    private ConfigOption config;

    @Parameters(paramLabel = "ALIAS",
            description = "A short name for the company: lower-case letters, digits, _ and -.")
    private String alias;

    @Spec
    private CommandSpec spec;

    /** Exit codes: 0 the company is here, 1 the token is refused, 2 wrong use. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        requireLowerCase(alias);
        try (Host host = Host.open(config.load())) {
            return orRefuse(spec, alias, () -> {
                host.companies().requireFree(alias);
                Secret token = secret("Token of " + alias + " (not shown): ");
                return add(spec, host, alias, NewToken.ofCompany(token));
            });
        }
    }

    static void requireLowerCase(String alias) {
        String lower = alias.toLowerCase(Locale.ROOT);
        if (!alias.equals(lower)) {
            throw CommandErrorCode.refused("An alias is in lower case. Did you mean " + lower + "?");
        }
    }

    /** Holds what may be refused by Pennylane, or because of what is here already. */
    interface Adding {
        int run() throws IOException, InterruptedException;
    }

    /** A refusal of the token leaves everything as it was, and that is said. */
    static int orRefuse(CommandSpec spec, String alias, Adding adding) throws IOException, InterruptedException {
        try {
            return adding.run();
        } catch (SyncException refused) {
            if (refused.is(CommandErrorCode.COMMAND_REFUSED)) {
                throw refused;
            }
            spec.commandLine().getErr().println(alias + ": " + refused.getMessage() + ". Nothing was written.");
            return PennylaneSync.FAILED;
        }
    }

    /** Puts the token in place, and says what is next. */
    static int add(CommandSpec spec, Host host, String alias, NewToken token) {
        host.companies().refresh();
        Company company = host.companies().add(alias, token);
        Set<String> missing = company.scopes().missing(domains(host.catalog()));
        spec.commandLine().getOut().printf(Locale.ROOT, "%s: company %d is here, %s%n%s%n", alias, company.id(),
                missing.isEmpty() ? "with every scope that the streams need."
                        : "without the scopes " + String.join(", ", missing) + ".",
                "Next: sync --company " + alias + "; a `run` that is up takes it up by itself.");
        return 0;
    }

    private static Collection<String> domains(StreamCatalog catalog) {
        return TokensCommand.domains(catalog);
    }

    /** Reads a secret: unseen from a person, else the next line of standard input. */
    static Secret secret(String prompt) throws IOException {
        Console console = System.console();
        String line = console == null
                ? line(System.in)
                : typed(console.readPassword("%s", prompt));
        if (line == null || line.isBlank()) {
            throw CommandErrorCode.refused("No secret was given: type it, or pipe it in.");
        }
        return Secret.of(line.strip());
    }

    /** Takes one line and nothing of the next one, which may be another secret. */
    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0 && next != '\n' && line.size() <= SECRET_BYTES_MAX; next =
                input.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static String typed(char[] letters) {
        return letters == null ? null : new String(letters);
    }
}

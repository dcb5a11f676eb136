package fr.pennylanesync.cli;

import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the hash of a password for {@code console.users}. */
@Command(name = "console-password",
        description = "Prints a login for console.users: reads its password without showing it, or from standard input,"
                + " and prints NAME=HASH.")
final class ConsolePasswordCommand implements Callable<Integer> {

    private static final int LENGTH_MIN = 12;

    @Parameters(paramLabel = "NAME", description = "The name to log in with: letters, digits, and . _ @ -")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[A-Za-z0-9._@-]{1,64}")) {
            throw CommandErrorCode.refused("A name has letters, digits, and . _ @ - only, at most 64 of them.");
        }
        Secret password = TokensAdd.secret("Password of " + name + " (not shown): ");
        if (password.reveal().length() < LENGTH_MIN) {
            throw CommandErrorCode.refused("A password has at least " + LENGTH_MIN + " characters.");
        }
        spec.commandLine().getOut().println(name + "=" + Logins.hash(password.reveal()));
        return 0;
    }
}

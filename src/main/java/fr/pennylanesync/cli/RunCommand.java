package fr.pennylanesync.cli;

import fr.pennylanesync.console.Console;
import fr.pennylanesync.console.web.Logins;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.outage.Outages.Part;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The runtime: syncs every company again and again. */
@Command(name = "run", description = "Runs as a service: syncs every company at its interval until it is stopped."
        + " The default command.")
final class RunCommand implements Callable<Integer> {

    private static final Set<ErrorCode> WAITED_FOR =
            Set.of(PostgresErrorCode.DATABASE_UNREACHABLE, PostgresErrorCode.DATABASE_READ_ONLY);
    private static final Duration ASK_WHETHER_TO_STOP_EVERY = Duration.ofSeconds(10);

    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() throws InterruptedException {
        StopSignal stop = StopSignal.PROCESS;
        stop.serve();
        Settings settings = config.load();
        // The console first: health answers while the warehouse is waited for.
        try (Console console = Console.open(settings.console())) {
            Voice.current().say("Console: " + console.url());
            run(settings, console, stop);
        }
        return 0;
    }

    private static void run(Settings settings, Console console, StopSignal stop) throws InterruptedException {
        Optional<Host> opened = open(settings, console, stop);
        if (opened.isPresent()) {
            try (Host host = opened.get()) {
                host.startJobs(console);
                stop.await();
            }
        }
    }

    /**
     * A database that is away is waited for until it is there or the process is to end: to end and be started again
     * would help nobody.
     */
    private static Optional<Host> open(Settings settings, Console console, StopSignal stop) {
        Outages outages = new Outages();
        while (!stop.isAsked()) {
            try {
                Host host = Host.open(settings.waitingFor(ASK_WHETHER_TO_STOP_EVERY));
                outages.answered(Part.WAREHOUSE);
                return Optional.of(host);
            } catch (SyncException failure) {
                if (failure.is(CommandErrorCode.COMMAND_STOPPED)) {
                    return Optional.empty();
                }
                if (!WAITED_FOR.contains(failure.code())) {
                    throw failure;
                }
                console.waitsFor(failure.code());
                outages.away(Part.WAREHOUSE, failure.code().name(), "it is waited for; " + failure.remedy());
            }
        }
        return Optional.empty();
    }

    /** Prints the hash of a password for {@code console.users}. */
    @Command(name = "console-password",
            description = "Prints a login for console.users: reads its password without showing it, "
                    + "or from standard input,"
                    + " and prints NAME=HASH.")
    static final class ConsolePassword implements Callable<Integer> {

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
}

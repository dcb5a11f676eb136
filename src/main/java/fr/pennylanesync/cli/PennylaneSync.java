package fr.pennylanesync.cli;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.Fault;
import fr.pennylanesync.failure.Scope;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.logging.VisibleText;
import fr.pennylanesync.terminal.Versions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * Entry point of {@code pennylane-sync.jar}. Exit codes: 0 done and everything true, 1 something is wrong and was
 * reported, 2 wrong use or a configuration that was refused, 3 the Java machine failed, so start it again; 128 and the
 * number of the signal where one ended it.
 */
@Command(name = "pennylane-sync", mixinStandardHelpOptions = true, versionProvider = Versions.class,
        scope = ScopeType.INHERIT,
        description = "Keeps a faithful, provable copy of companies' Pennylane books in PostgreSQL.")
public final class PennylaneSync {

    /** Ran, but something is wrong and was reported. */
    static final int FAILED = 1;
    /** Wrong use, or a configuration that was refused. */
    static final int REFUSED = 2;
    /** The Java machine failed: the same number as {@code -XX:+ExitOnOutOfMemoryError} ends it with. */
    static final int MACHINE_FAILED = 3;

    private static final EventLog LOG = EventLog.of(PennylaneSync.class);

    private static final List<String> VERSION = List.of("--version", "-V");
    private static final String COMPLETION = "completion";
    private static final List<String> COMMANDS = List.of("demo", "sandbox", "run", "sync", "status", "verify", "digest",
            "audit", "privacy", "quarantine", "companies", "alarms", "tokens", "psql", "console-password", "doctor",
            "lint", COMPLETION);

    @Mixin
    private OutputOptions output;

    private PennylaneSync() {}

    public static void main(String[] arguments) {
        // Keys, hashes and JSON have the digits and letters of no country.
        Locale.setDefault(Locale.ROOT);
        StopSignal.PROCESS.listen();
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors());
        try {
            int exitCode = execute(arguments.length == 0 ? new String[] {"run"} : arguments);
            System.exit(StopSignal.PROCESS.exitCode(exitCode));
        } catch (VirtualMachineError fatal) {
            FatalErrors.report(fatal);
        }
    }

    static int execute(String... arguments) {
        return commandLine(arguments).execute(arguments);
    }

    private int execute(ParseResult parsed) {
        if (CommandLine.executeHelpRequest(parsed) != null) {
            return 0;
        }
        List<CommandLine> commands = parsed.asCommandLineList();
        Voice.begin(output, commands.get(Math.min(1, commands.size() - 1)).getCommandName());
        return new RunLast().execute(parsed);
    }

    /** Returns the program with all its commands. */
    static CommandLine commandLine() {
        return commandLine(COMMANDS);
    }

    /** Returns the program with what is named alone: to make all commands takes longer than many a command. */
    private static CommandLine commandLine(String... arguments) {
        if (arguments.length == 1 && VERSION.contains(arguments[0])) {
            return commandLine(List.of());
        }
        boolean isOne = COMMANDS.contains(arguments[0]) && !arguments[0].equals(COMPLETION);
        return commandLine(isOne ? List.of(arguments[0]) : COMMANDS);
    }

    private static CommandLine commandLine(List<String> commands) {
        PennylaneSync program = new PennylaneSync();
        CommandLine line = new CommandLine(program);
        commands.forEach(name -> line.addSubcommand(command(name)));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setSubcommandsCaseInsensitive(true)
                .setExecutionStrategy(parsed -> program.execute(parsed))
                .setExecutionExceptionHandler((exception, command, result) -> report(exception, command));
    }

    /** A class is loaded only where it is named. */
    private static Class<?> command(String name) {
        return switch (name) {
            case "demo" -> DemoCommand.class;
            case "sandbox" -> SandboxCommand.class;
            case "run" -> RunCommand.class;
            case "sync" -> SyncCommand.class;
            case "status" -> StatusCommand.class;
            case "verify" -> VerifyCommand.class;
            case "digest" -> DigestCommand.class;
            case "audit" -> AuditCommand.class;
            case "privacy" -> PrivacyCommand.class;
            case "quarantine" -> QuarantineCommand.class;
            case "companies" -> CompaniesCommand.class;
            case "alarms" -> AlarmsCommand.class;
            case "tokens" -> TokensCommand.class;
            case "psql" -> PsqlCommand.class;
            case "console-password" -> RunCommand.ConsolePassword.class;
            case "doctor" -> DoctorCommand.class;
            case "lint" -> LintCommand.class;
            case COMPLETION -> Completion.class;
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }

    /**
     * Our own refusals say what to do; anything else is a fault of ours and shows its trace in the log, not on the
     * terminal.
     */
    private static int report(Exception exception, CommandLine command) {
        FatalErrors.report(exception);
        if (StopSignal.PROCESS.isAsked()) {
            LOG.log(new ProcessEvent.CommandStopped(exception.getClass().getName()));
            command.getErr().println(new SyncException(CommandErrorCode.COMMAND_STOPPED).getMessage());
            return FAILED;
        }
        if (exception instanceof SyncException failure) {
            command.getErr().println(VisibleText.lines(failure.getMessage()));
            return isRefusal(failure) ? REFUSED : FAILED;
        }
        LOG.log(new ProcessEvent.CommandFailed(), exception);
        command.getErr()
                .println("Unexpected failure (" + exception.getClass().getSimpleName()
                        + "), a fault of this program; the log has its trace, and -v shows it.");
        return FAILED;
    }

    /** A start that follows would fail in the same way: somebody has to change the configuration. */
    private static boolean isRefusal(SyncException failure) {
        ErrorCode code = failure.code();
        return code.fault() == Fault.CONFIGURATION && code.scope() == Scope.PROCESS && !code.retryable();
    }

    /** Prints what lets a shell complete commands and options. */
    @Command(name = "completion", description = "Prints a completion script for bash and zsh, for the program"
            + " src/main/bin/pennylane-sync: source <(src/main/bin/pennylane-sync completion)")
    static final class Completion implements Callable<Integer> {

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(AutoComplete.bash("pennylane-sync", spec.root().commandLine()));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}

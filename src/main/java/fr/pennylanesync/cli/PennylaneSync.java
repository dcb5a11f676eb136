package fr.pennylanesync.cli;

import fr.pennylanesync.console.ConsoleErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import fr.pennylanesync.settings.SettingsErrorCode;
import fr.pennylanesync.stream.RouteErrorCode;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/**
 * Entry point of {@code pennylane-sync.jar}. Exit codes: 0 done and everything true, 1 something is wrong and was
 * reported, 2 wrong use, 3 the Java machine failed, so start it again.
 */
@Command(name = "pennylane-sync", mixinStandardHelpOptions = true, versionProvider = PennylaneSync.Version.class,
        scope = ScopeType.INHERIT,
        description = "Keeps a faithful, provable copy of companies' Pennylane books in PostgreSQL.",
        subcommands = {DemoCommand.class, SandboxCommand.class, RunCommand.class, SyncCommand.class,
                StatusCommand.class,
                VerifyCommand.class, AuditCommand.class, QuarantineCommand.class, CompaniesCommand.class,
                TokensCommand.class,
                DoctorCommand.class, LintCommand.class})
public final class PennylaneSync {

    /** Ran, but something is wrong and was reported. */
    static final int FAILED = 1;
    /** Wrong use, or a configuration that was refused. */
    static final int REFUSED = 2;
    /** The Java machine failed: the same number as {@code -XX:+ExitOnOutOfMemoryError} ends it with. */
    static final int MACHINE_FAILED = 3;

    private static final Set<ErrorCode> REFUSALS = Set.of(SettingsErrorCode.SETTINGS_REFUSED,
            RouteErrorCode.ROUTES_REFUSED, CommandErrorCode.COMMAND_REFUSED, ConsoleErrorCode.CONSOLE_PORT_TAKEN);

    private PennylaneSync() {}

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors());
        try {
            System.exit(execute(arguments.length == 0 ? new String[] {"run"} : arguments));
        } catch (VirtualMachineError fatal) {
            FatalErrors.report(fatal);
        }
    }

    static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new PennylaneSync())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, result) -> report(exception, command));
    }

    /**
     * Our own refusals say what to do; anything else is a fault of ours and shows its trace in the log, not on the
     * terminal.
     */
    private static int report(Exception exception, CommandLine command) {
        if (exception instanceof SyncException failure) {
            command.getErr().println(failure.getMessage());
            return REFUSALS.contains(failure.code()) ? REFUSED : FAILED;
        }
        FatalErrors.report(exception);
        EventLog.of(PennylaneSync.class).log(new ProcessEvent.CommandFailed(), exception);
        command.getErr()
                .println("Unexpected failure (" + exception.getClass().getSimpleName() + "); the log has its trace.");
        return FAILED;
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PennylaneSync.class.getPackage().getImplementationVersion();
            return new String[] {"pennylane-sync " + (version == null ? "(unpackaged)" : version)};
        }
    }
}

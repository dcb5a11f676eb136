package fr.pennylanesync.cli;

import fr.pennylanesync.lint.RouteLint;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.terminal.PlainWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint [DIR]}: one line per finding on standard output, their number on standard error. */
@Command(name = "lint", description = "Checks route files as the hot reload would, without starting anything.")
final class LintCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = "routes",
            description = "The routes directory (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Spec
    private CommandSpec spec;

    /** Exit codes: 0 nothing found, 1 findings, 2 no such directory. */
    @Override
    public Integer call() {
        if (!Files.isDirectory(directory)) {
            spec.commandLine().getErr().println("No such directory: " + directory);
            return ExitCode.USAGE;
        }
        List<FactsFault> faults = RouteLint.check(directory);
        faults.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getErr().println(PlainWords.count(faults.size(), "finding"));
        return faults.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}

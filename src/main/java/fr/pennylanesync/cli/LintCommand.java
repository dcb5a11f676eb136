package fr.pennylanesync.cli;

import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.lint.RouteLint;
import fr.pennylanesync.logging.VisibleText;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.terminal.PlainWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lint [DIR]}: one line per finding on standard output, their number on standard error. */
@Command(name = "lint", description = "Checks route files as the hot reload would, without starting anything.")
final class LintCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = "routes",
            description = "The routes directory (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(names = "--allow", paramLabel = "FILE",
            description = "A file that widens what route files may use, as routes.allow does.")
    private Path allow;

    @Spec
    private CommandSpec spec;

    private List<FactsFault> faults() {
        try {
            return RouteLint.check(directory, AllowList.of(Optional.ofNullable(allow)));
        } catch (RoutesException refused) {
            return refused.faults();
        }
    }

    /** Exit codes: 0 nothing found, 1 findings, 2 no such directory. */
    @Override
    public Integer call() {
        if (!Files.isDirectory(directory)) {
            spec.commandLine().getErr().println("No such directory: " + VisibleText.of(directory.toString()));
            return ExitCode.USAGE;
        }
        List<FactsFault> faults = faults();
        faults.forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getErr().println(PlainWords.count(faults.size(), "finding"));
        return faults.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}

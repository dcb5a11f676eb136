package fr.pennylanesync.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what lets a shell complete commands and options. */
@Command(name = "completion", description = "Prints a completion script for bash and zsh, for the program"
        + " src/main/bin/pennylane-sync: source <(src/main/bin/pennylane-sync completion)")
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("pennylane-sync", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}

package fr.pennylanesync.cli;

import fr.pennylanesync.logging.LogTarget.Form;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Says what a person wants to see beside the results of a command; every command takes these. */
final class OutputOptions {

    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT,
            description = "Say nothing but results and errors: no progress.")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "Show every event of the log.")
    private boolean verbose;

    @Option(names = "--log", paramLabel = "json|plain", scope = ScopeType.INHERIT,
            description = "How standard error gets the log: as JSON for programs, or as lines for people (default:"
                    + " plain on a terminal, else json).")
    private Form log;

    boolean isQuiet() {
        return quiet;
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Returns the form of the log, where people are looking or not. */
    Form form(boolean interactive) {
        return log != null ? log : interactive ? Form.PLAIN : Form.JSON;
    }
}

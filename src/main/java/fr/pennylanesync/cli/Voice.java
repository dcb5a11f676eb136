package fr.pennylanesync.cli;

import fr.pennylanesync.logging.LogTarget;
import fr.pennylanesync.logging.LogTarget.Detail;
import fr.pennylanesync.logging.LogTarget.Form;
import fr.pennylanesync.logging.Logs;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.ProgressDisplay;
import fr.pennylanesync.terminal.Screen;
import fr.pennylanesync.terminal.Terminal;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Speaks on standard error to whoever gave the command: what is being started, how far it is, and the log where a
 * person reads it. Results go to standard output.
 */
final class Voice {

    /** These take long, so that whoever waits is told even where nobody watches a terminal. */
    private static final Set<String> LONG = Set.of("demo", "sync");
    private static final String SERVICE = "run";
    private static final String INDENT = "         ";

    private static volatile Voice current = new Voice(Terminal.NONE, false, true);

    private final Screen screen;
    private final boolean quiet;
    private final boolean tellsSteps;

    private Voice(Terminal terminal, boolean quiet, boolean tellsSteps) {
        this.screen = new Screen(terminal, System.err);
        this.quiet = quiet;
        this.tellsSteps = tellsSteps;
    }

    /** Returns the voice of the command that this process carries out. */
    static Voice current() {
        return current;
    }

    /** Begins to speak as the options want it; the log begins with it. */
    static void begin(OutputOptions options, String command) {
        Terminal terminal = Terminal.standardError();
        Form form = options.form(terminal.isInteractive());
        Voice voice = new Voice(terminal, options.isQuiet(),
                !options.isQuiet() && (terminal.isInteractive() || LONG.contains(command)));
        current = voice;
        Logs.begin(new LogTarget(form, detail(options, form, command), terminal.hasColour(), voice::tell));
    }

    /** Leaves to the file of the log what a person would only scroll past. */
    private static Detail detail(OutputOptions options, Form form, String command) {
        if (options.isVerbose()) {
            return Detail.EVERYTHING;
        }
        if (options.isQuiet()) {
            return Detail.ERRORS;
        }
        return form == Form.JSON || SERVICE.equals(command) ? Detail.USUAL : Detail.WARNINGS;
    }

    /** Tells a line of the log, broken between words where a person reads it. */
    private void tell(String line) {
        boolean whole = !screen.terminal().isInteractive() || line.startsWith("\t");
        (whole ? List.of(line) : PlainWords.wrap(line, screen.terminal().columns(), INDENT)).forEach(screen::line);
    }

    /** Says what is being done now. */
    void step(String text) {
        if (tellsSteps) {
            screen.line(screen.terminal().paint().faint(text + " …"));
        }
    }

    /** Says something that is no result. */
    void say(String text) {
        if (!quiet) {
            screen.line(text);
        }
    }

    /** Shows progress until it is closed. */
    ProgressDisplay progress(IntFunction<String> text) {
        return quiet ? ProgressDisplay.none(screen) : ProgressDisplay.start(screen, text);
    }
}

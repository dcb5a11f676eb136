package fr.pennylanesync.cli;

import fr.pennylanesync.report.Warning;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints for people what somebody should look at. */
final class WarningLines {

    private WarningLines() {}

    static void print(PrintWriter out, List<Warning> warnings) {
        if (!warnings.isEmpty()) {
            out.printf(Locale.ROOT, "%nwarnings: %d%n", warnings.size());
            warnings.forEach(warning -> out.println("  " + warning.line()));
        }
    }
}

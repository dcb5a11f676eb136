package fr.pennylanesync.cli;

import fr.pennylanesync.report.Warning;
import java.io.PrintWriter;
import java.util.List;

/** Prints for people what somebody should look at. */
final class WarningLines {

    private WarningLines() {}

    static void print(PrintWriter out, List<Warning> warnings) {
        if (!warnings.isEmpty()) {
            out.printf("%nwarnings: %d%n", warnings.size());
            warnings.forEach(warning -> out.println("  " + warning.line()));
        }
    }
}

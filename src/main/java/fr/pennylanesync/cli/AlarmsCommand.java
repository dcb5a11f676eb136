package fr.pennylanesync.cli;

import fr.pennylanesync.alarm.Alarm;
import fr.pennylanesync.alarm.AlarmStore;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists the alarms: what is wrong, since when, why, and what to do. */
@Command(name = "alarms", description = "Lists the alarms.", subcommands = AlarmsCommand.ListAlarms.class)
final class AlarmsCommand implements Runnable {

    private static final int SHOWN_MAX = 10;
    private static final String INDENT = "      ";

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which: alarms list");
    }

    /** Prints the newest that are open; nothing where none is. */
    static void printOpen(PrintWriter out, AlarmStore alarms) {
        long open = alarms.open();
        if (open > 0) {
            out.println();
            out.println("alarms: " + open + (open > SHOWN_MAX ? ", all of them by `alarms list`" : ""));
            alarms.list(false, SHOWN_MAX).forEach(alarm -> print(out, alarm));
        }
    }

    private static void print(PrintWriter out, Alarm alarm) {
        PlainWords.wrap("  " + alarm.line(), Terminal.USUAL_COLUMNS, INDENT).forEach(out::println);
    }

    /** Lists those that are open, or past ones too. */
    @Command(name = "list", description = "Lists the alarms that are open, the newest first.")
    static final class ListAlarms implements Callable<Integer> {

        private static final int LISTED_MAX = 1_000;

        @Mixin
        private ConfigOption config;

        @Option(names = "--past", description = "List those that have ended, too.")
        private boolean past;

        @Option(names = "--json", description = "Print JSON, for machines.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        /** Exit codes: 0 whether there are any or not; 2 wrong use. */
        @Override
        public Integer call() {
            try (Host host = Host.openToRead(config.load())) {
                List<Alarm> alarms = new AlarmStore(host.warehouse().jdbc()).list(past, LISTED_MAX);
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    out.println(Json.of(alarms));
                } else if (alarms.isEmpty()) {
                    out.println(past ? "There was no alarm yet." : "No alarm is open.");
                } else {
                    alarms.forEach(alarm -> print(out, alarm));
                }
                return 0;
            }
        }
    }
}

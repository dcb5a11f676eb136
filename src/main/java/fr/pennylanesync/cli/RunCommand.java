package fr.pennylanesync.cli;

import fr.pennylanesync.console.Console;
import fr.pennylanesync.settings.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The runtime: syncs every company again and again. */
@Command(name = "run", description = "The runtime: syncs every company at its interval until it is stopped. The default command.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() throws InterruptedException {
        try (StopSignal stop = new StopSignal()) {
            stop.listen();
            Settings settings = config.load();
            // The console first: health answers while the warehouse is waited for.
            try (Console console = Console.open(settings.console()); Host host = Host.open(settings)) {
                host.startJobs(console);
                System.err.println("Console: " + console.url());
                stop.await();
            }
        }
        return 0;
    }
}

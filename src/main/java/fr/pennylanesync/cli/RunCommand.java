package fr.pennylanesync.cli;

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
            try (Host host = Host.open(config.load())) {
                host.startJobs();
                stop.await();
            }
        }
        return 0;
    }
}

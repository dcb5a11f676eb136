package fr.pennylanesync.cli;

import fr.pennylanesync.digest.Digests;
import fr.pennylanesync.digest.Digests.DigestLine;
import fr.pennylanesync.runtime.SyncRuntime;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The documents that anchor the ledger outside the database. */
@Command(name = "digest",
        description = "Makes a digest document, prints the newest one's line, or the key that checks them.",
        subcommands = {DigestCommand.NowCommand.class, DigestCommand.PrintCommand.class,
                DigestCommand.KeyCommand.class})
final class DigestCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "One of now, print and key is missing.");
    }

    private static Digests digests(Host host) {
        return new Digests(host.settings(), host.warehouse(), () -> {
            throw new IllegalStateException("nothing is stored here");
        });
    }

    private static int print(CommandSpec spec, Optional<DigestLine> line) {
        line.map(DigestLine::text).ifPresentOrElse(spec.commandLine().getOut()::println,
                () -> spec.commandLine().getErr()
                        .println("No digest document was stored yet. `digest now` makes one."));
        return line.isPresent() ? 0 : PennylaneSync.FAILED;
    }

    /** Makes a document and stores it. */
    @Command(name = "now", aliases = "create", description = "Makes a digest document, stores it and prints its line.")
    static final class NowCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.open(config.load())) {
                SyncRuntime runtime = host.runtime();
                Optional<String> failure = runtime.anchor();
                failure.ifPresent(code -> spec.commandLine().getErr().println("No digest was stored: " + code
                        + "; docs/reference/errors.md says what to do."));
                return failure.isPresent() ? PennylaneSync.FAILED : print(spec, digests(host).newest());
            }
        }
    }

    /** Prints what a person writes down. */
    @Command(name = "print",
            description = "Prints number, root and time of the newest stored digest document, to be mailed or filed.")
    static final class PrintCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (Host host = Host.openToRead(config.load())) {
                return print(spec, digests(host).newest());
            }
        }
    }

    /** Prints the public key. */
    @Command(name = "key", description = "Prints the public key that checks the documents, in PEM.")
    static final class KeyCommand implements Callable<Integer> {

        @Mixin
        private ConfigOption config;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(Digests.publicKey(config.load()).pem());
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}

package fr.pennylanesync.postgres;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Says how a short command ended and the end of what it printed. */
record CommandResult(int exitCode, String output) {

    private static final int OUTPUT_LIMIT_CHARACTERS = 4_000;
    private static final int NOT_ENDED = -1;
    /** Nothing else of our environment reaches PostgreSQL: it may hold secrets, and PG* variables would change it. */
    private static final Set<String> PASSED_ON = Set.of("PATH", "SystemRoot", "TEMP", "TMP");

    /** Runs a command; one that overruns its time is killed and counts as failed. A missing program throws. */
    static CommandResult of(List<String> command, Duration timeout) throws IOException {
        Path printed = Files.createTempFile("pennylane-sync", ".out");
        try {
            Process process = builder(command).redirectErrorStream(true).redirectOutput(printed.toFile()).start();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new CommandResult(NOT_ENDED, "no end after " + timeout.toSeconds() + " s: " + tail(printed));
            }
            return new CommandResult(process.exitValue(), tail(printed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + command.get(0));
        } finally {
            Files.deleteIfExists(printed);
        }
    }

    /** A process builder without our environment and without our standard input. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        File nothing = new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
        return builder.redirectInput(nothing);
    }

    boolean succeeded() {
        return exitCode == 0;
    }

    private static String tail(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        return text.substring(Math.max(0, text.length() - OUTPUT_LIMIT_CHARACTERS));
    }
}

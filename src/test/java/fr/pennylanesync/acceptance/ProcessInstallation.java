package fr.pennylanesync.acceptance;

import fr.pennylanesync.cli.PennylaneSync;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The program as an operator has it: a directory with configuration and tokens, and a JVM of its own for every command.
 */
final class ProcessInstallation {

    private static final int COMMAND_SECONDS_MAX = 180;
    private static final Set<String> CONFIGURED =
            Set.of("sync", "run", "status", "verify", "audit", "companies", "tokens", "quarantine", "psql");

    /** How a command ended and what it wrote. */
    record EndedProcess(int exitCode, String out, String err) {

        String all() {
            return out + err;
        }
    }

    private final Path home;
    private final Map<String, String> configuration = new TreeMap<>();
    private String classPath = System.getProperty("java.class.path");
    private List<String> virtualMachine = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m");
    private int commands;

    private ProcessInstallation(Path home) {
        this.home = home;
    }

    /** Reads from the sandbox with its companies' tokens; requests are not paced, failures are repeated at once. */
    static ProcessInstallation of(Path home, Sandbox sandbox) {
        ProcessInstallation installation = new ProcessInstallation(home);
        sandbox.writeTokens(installation.tokens());
        return installation.with("pennylane.base-url", sandbox.baseUri().toString())
                .with("pennylane.tokens.directory", installation.tokens().toString())
                .with("pennylane.rate.requests", "10000").with("pennylane.rate.window", "1s")
                .with("routes.directory", Path.of("routes").toAbsolutePath().toString())
                .with("retry.delay-ms", "5");
    }

    ProcessInstallation into(Settings.Database warehouse) {
        return with("warehouse.jdbc-url", warehouse.jdbcUrl()).with("warehouse.username", warehouse.username())
                .with("warehouse.password", warehouse.password().map(Secret::reveal).orElse(""))
                .with("warehouse.pool-size", "8");
    }

    ProcessInstallation with(String key, String value) {
        configuration.put(key, value);
        return this;
    }

    /** Puts a directory before everything else on the class path. */
    ProcessInstallation withClasses(Path directory) {
        classPath = directory + File.pathSeparator + classPath;
        return this;
    }

    /** As in production, for work that lasts: commands of a second start faster without. */
    ProcessInstallation withServerMachine() {
        virtualMachine = List.of("-XX:+UseParallelGC", "-Xmx512m");
        return this;
    }

    /** Gives the virtual machine more options, such as a locale. */
    ProcessInstallation withOptions(List<String> options) {
        virtualMachine = Stream.concat(virtualMachine.stream(), options.stream()).toList();
        return this;
    }

    Path tokens() {
        return home.resolve("tokens");
    }

    /** The archive of its commands: an embedded S3 below its directory. */
    Settings.Archive archive() {
        return new Settings.Archive(
                new Settings.S3(Optional.empty(), "eu-west-3", Optional.empty(), Optional.empty(), false, ""),
                home.resolve("data/archive"), Optional.empty());
    }

    /** What the commands wrote to their standard outputs, file by file. */
    Path outputs() {
        return home.resolve("outputs");
    }

    EndedProcess run(String... command) {
        return runWithInput("", command);
    }

    EndedProcess runWithInput(String input, String... command) {
        try {
            Process process = start(command);
            int number = commands;
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "still running after " + COMMAND_SECONDS_MAX + " s: " + String.join(" ", command));
            }
            return new EndedProcess(process.exitValue(), Files.readString(output(number, "out")),
                    Files.readString(output(number, "err")));
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Starts a command on the configuration as it now is. */
    Process start(String... command) throws IOException {
        commands++;
        Files.createDirectories(outputs());
        return new ProcessBuilder(line(command)).directory(home.toFile())
                .redirectOutput(output(commands, "out").toFile())
                .redirectError(output(commands, "err").toFile()).start();
    }

    /** Returns how a command is started on the configuration as it now is. */
    List<String> line(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        line.addAll(virtualMachine);
        line.addAll(List.of("-cp", classPath, PennylaneSync.class.getName()));
        line.addAll(List.of(command));
        if (CONFIGURED.contains(command[0]) && !line.contains("--help") && !line.contains("--demo")
                && !List.of(command).equals(List.of("tokens"))) {
            line.addAll(List.of("--config", writeConfiguration().toString()));
        }
        return line;
    }

    /** Returns the file of the configuration as it now is. */
    Path configuration() {
        try {
            return writeConfiguration();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Path writeConfiguration() throws IOException {
        return Files.writeString(home.resolve("pennylane-sync.properties"), configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining("\n", "", "\n")));
    }

    private Path output(int number, String name) {
        return outputs().resolve(number + "." + name);
    }
}

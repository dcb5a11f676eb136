package fr.pennylanesync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Finds a program that tests need and that is no Java: on the path, or, where tests run as root on Debian, by
 * installing its package. A test whose program cannot be had says so, and is skipped by whoever asked.
 */
public final class DebianTool {

    private static final int INSTALL_MINUTES_MAX = 5;

    private DebianTool() {}

    /**
     * Returns where the program is.
     *
     * @param binary its name, without a directory
     * @param packages what holds it, and what it needs besides
     * @return empty where it is not there and cannot be installed
     */
    public static synchronized Optional<Path> path(String binary, String... packages) {
        return find(binary).or(() -> install(packages) ? find(binary) : Optional.empty());
    }

    private static Optional<Path> find(String binary) {
        Stream<String> places = Stream.concat(
                Arrays.stream(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":")),
                Stream.of("/usr/bin", "/usr/local/bin"));
        return places.filter(place -> !place.isEmpty()).map(place -> Path.of(place, binary))
                .filter(Files::isExecutable).findFirst();
    }

    private static boolean install(String... packages) {
        if (!"root".equals(System.getProperty("user.name")) || find("apt-get").isEmpty()) {
            return false;
        }
        List<String> install = Stream.concat(
                Stream.of("apt-get", "install", "-y", "-qq", "--no-install-recommends"), Arrays.stream(packages))
                .toList();
        // The lists of packages may be missing or old.
        return run(install) || run(List.of("apt-get", "update", "-qq")) && run(install);
    }

    private static boolean run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            Process process = builder.start();
            if (!process.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package fr.pennylanesync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The routes that the demo runs: those in the working directory, or else the ones that the jar carries. */
final class BundledRoutes {

    private static final Path HERE = Path.of("routes");
    private static final String IN_JAR = "routes/";

    private BundledRoutes() {}

    /** @param home where to unpack the jar's routes if there are none here */
    static Path directory(Path home) {
        return Files.isDirectory(HERE) ? HERE : unpack(home);
    }

    private static Path unpack(Path home) {
        try {
            Path jar = Path.of(BundledRoutes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : file.stream().filter(e -> e.getName().startsWith(IN_JAR) && !e.isDirectory())
                        .toList()) {
                    Path target = home.resolve(entry.getName()).normalize();
                    Files.createDirectories(target.getParent());
                    try (InputStream content = file.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
            return home.resolve(IN_JAR);
        } catch (IOException | java.net.URISyntaxException e) {
            throw CommandErrorCode.refused(
                    "There is no directory `routes` here and none in the jar: run it from the project's directory.");
        }
    }
}

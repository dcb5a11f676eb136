package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** One directory for the shares of all tests, so that PostgreSQL is unpacked once. */
public final class ShareHome {

    private static Path directory;

    private ShareHome() {}

    /** Opens a share of the sandbox without lag. */
    public static SandboxShare open(Sandbox sandbox) {
        return sandbox.openShare(options());
    }

    public static ShareOptions options() {
        return ShareOptions.in(directory());
    }

    private static synchronized Path directory() {
        if (directory == null) {
            try {
                directory = Files.createTempDirectory("sandbox-share-test");
                Runtime.getRuntime().addShutdownHook(new Thread(ShareHome::delete));
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
        return directory;
    }

    private static void delete() {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException leftBehind) {
            directory.toFile().deleteOnExit();
        }
    }
}

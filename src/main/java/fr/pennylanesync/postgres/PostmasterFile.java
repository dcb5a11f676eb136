package fr.pennylanesync.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Holds what {@code postmaster.pid} says: process id on its first line, port on its fourth. It outlives a killed
 * server.
 */
record PostmasterFile(long processId, int port) {

    private static final int PORT_LINE = 3;

    /** Empty when there is none, or while it is being written. */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            if (lines.size() <= PORT_LINE) {
                return Optional.empty();
            }
            return Optional.of(new PostmasterFile(Long.parseLong(lines.get(0).strip()),
                    Integer.parseInt(lines.get(PORT_LINE).strip())));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean mayBeAServer() {
        return isRunning(processId) && !isReused();
    }

    /** Tells whether a process still runs; one that ended counts as gone though nobody has asked how it ended. */
    static boolean isRunning(long processId) {
        return ProcessHandle.of(processId).map(ProcessHandle::isAlive).orElse(false) && !isZombie(processId);
    }

    /** Tells it by a file that macOS and Windows do not have: there the answer of the handle stands. */
    private static boolean isZombie(long processId) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(processId), "stat"), ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException noSuchFile) {
            return false;
        }
    }

    /** Tells whether the process id now belongs to some other program, as happens after a container starts anew. */
    boolean isReused() {
        return ProcessHandle.of(processId).flatMap(process -> process.info().command())
                .map(command -> !Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }
}

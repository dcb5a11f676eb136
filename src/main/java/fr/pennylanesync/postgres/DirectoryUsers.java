package fr.pennylanesync.postgres;

import static java.nio.file.StandardOpenOption.WRITE;

import fr.pennylanesync.disk.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows who uses a data directory. Each user holds the lock of a file of its own; the operating system lets go of it
 * when the process ends, however it ends. A file whose lock can be had belongs to nobody and is removed.
 *
 * <p>Every start and stop happens under one more lock, {@link #exclusively}, so counting users is no race.
 */
final class DirectoryUsers {

    /** Runs while no other process starts or stops this server. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** Locks of one process must not be opened again by it: closing any channel of a file drops them all (POSIX). */
    private static final ReentrantLock THIS_PROCESS = new ReentrantLock();
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;

    DirectoryUsers(Path directory) {
        this.directory = directory;
    }

    /** Runs a task while no other process or thread runs one for the same directory; waits for its turn. */
    static <T> T exclusively(Path lockFile, Task<T> task) throws IOException {
        THIS_PROCESS.lock();
        try (FileChannel channel = OwnerOnly.open(lockFile); FileLock lock = channel.lock()) {
            return task.run();
        } finally {
            THIS_PROCESS.unlock();
        }
    }

    /** Signs in; closing the result signs out. */
    Membership join() throws IOException {
        OwnerOnly.enclosed(directory);
        Path file = directory.resolve(UUID.randomUUID() + ".lock");
        FileChannel channel = OwnerOnly.open(file);
        channel.lock();
        OURS.add(file);
        return new Membership(file, channel);
    }

    /** Tells whether anybody at all uses the directory. */
    boolean anyone() throws IOException {
        return anyoneHere() || anyoneElsewhere();
    }

    /** Tells whether another process uses the directory; clears away what dead ones left. */
    boolean anyoneElsewhere() throws IOException {
        OwnerOnly.enclosed(directory);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.lock")) {
            for (Path file : files) {
                if (!OURS.contains(file) && isHeld(file)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean anyoneHere() {
        return OURS.stream().anyMatch(file -> file.getParent().equals(directory));
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE); FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return true;
            }
        }
        Files.deleteIfExists(file);
        return false;
    }

    /** One user of the directory. */
    record Membership(Path file, FileChannel channel) {

        void leave() throws IOException {
            channel.close();
            OURS.remove(file);
            Files.deleteIfExists(file);
        }
    }
}

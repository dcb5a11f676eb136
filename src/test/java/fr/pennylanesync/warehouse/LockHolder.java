package fr.pennylanesync.warehouse;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process of its own that holds the lock of one file until it is killed. */
public final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        FileChannel channel =
                FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        System.out.println("held");
        Thread.currentThread().join();
    }

    public static Process start(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), LockHolder.class.getName(), file.toString()).start();
        process.inputReader().readLine();
        return process;
    }
}

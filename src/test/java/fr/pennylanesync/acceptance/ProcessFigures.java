package fr.pennylanesync.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a process uses, as Linux and its virtual machine tell it.
 *
 * @param heapKb after a full garbage collection
 */
public record ProcessFigures(long heapKb, long residentKb, long threads, long files) {

    private static final Pattern GENERATION = Pattern.compile("generation\\s+total \\d+K, used (\\d+)K");

    static ProcessFigures of(Process process) {
        jcmd(process, "GC.run");
        long heapKb = GENERATION.matcher(jcmd(process, "GC.heap_info")).results()
                .mapToLong(match -> Long.parseLong(match.group(1))).sum();
        return new ProcessFigures(heapKb, status(process, "VmRSS"), status(process, "Threads"), openFiles(process));
    }

    /** A line of {@code /proc/<pid>/status}. */
    public static long status(Process process, String name) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long openFiles(Process process) {
        return Path.of("/proc/" + process.pid() + "/fd").toFile().list().length;
    }

    private static String jcmd(Process process, String command) {
        try {
            Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(process.pid()), command).redirectErrorStream(true).start();
            return new String(jcmd.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

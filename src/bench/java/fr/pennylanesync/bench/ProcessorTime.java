package fr.pennylanesync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Reads how much of the processors a process took, with the children that it had and has: unlike a clock's time it says
 * the same whatever else the machine does. Linux only.
 */
final class ProcessorTime {

    private static final double TICKS_PER_SECOND = 100;
    /** Fields of {@code /proc/PID/stat} behind the name: user and system time, its own, then of its ended children. */
    private static final int USER = 11;
    private static final int TIMES = 4;

    private ProcessorTime() {}

    /** Returns the seconds that the ended children of a process have taken. */
    static double ofEndedChildren(ProcessHandle process) {
        return ticks(process.pid(), USER + 2, USER + TIMES) / TICKS_PER_SECOND;
    }

    /** Returns the seconds that a process, its children that ended and those that live have taken. */
    static double seconds(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToDouble(each -> ticks(each.pid(), USER, USER + TIMES)).sum() / TICKS_PER_SECOND;
    }

    /** Children may end while they are looked at: their time is their parent's then, with the next look. */
    private static double ticks(long pid, int first, int end) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double ticks = 0;
            for (int i = first; i < end; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks;
        } catch (IOException ended) {
            return 0;
        }
    }
}

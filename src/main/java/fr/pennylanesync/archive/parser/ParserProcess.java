package fr.pennylanesync.archive.parser;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdfparser.PDFParser;

/**
 * One Java machine that parses one file after another: with a small heap, without network, without our environment,
 * with nothing on its class path but what parsing needs. Where we run from one jar, that is the jar.
 */
final class ParserProcess implements AutoCloseable {

    /** Beyond its own limit of time a process that is stuck is ended from outside. */
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final Set<String> ENVIRONMENT_KEPT = Set.of("LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH",
            "SystemRoot");
    private static final String LOGGING_OF_PDFBOX = "org.apache.commons.logging.LogFactory";

    private final Process process;
    private final DataOutputStream questions;
    private final DataInputStream answers;
    private final Duration limit;
    private int asked;

    private ParserProcess(Process process, Duration limit) {
        this.process = process;
        this.questions = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
        this.limit = limit;
    }

    /**
     * Starts one.
     *
     * @param folder the one that its files lie in
     * @throws IOException if the system starts no process
     */
    static ParserProcess start(Path folder, ParserLimits limits) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(limits)).directory(folder.toFile())
                .redirectError(Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT_KEPT);
        ParserProcess started = new ParserProcess(builder.start(), limits.time());
        started.awaitReady();
        return started;
    }

    private void awaitReady() throws IOException {
        int first = answers.read();
        if (first != ParserMain.READY) {
            close();
            throw new IOException("the parser did not start");
        }
    }

    private static List<String> command(ParserLimits limits) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.heapBytes(), "-XX:MaxDirectMemorySize=16m", "-XX:MaxMetaspaceSize=64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
                "-XX:+SuppressFatalErrorMessage", "-Djava.awt.headless=true",
                "-D" + NoSockets.PROPERTY + "=" + NoSockets.class.getName(), "-cp", classPath(),
                ParserMain.class.getName(), Long.toString(limits.time().toMillis()));
    }

    private static String classPath() {
        return Stream.of(ParserMain.class, PDFParser.class, RandomAccessRead.class, FontBoxFont.class, logging())
                .map(ParserProcess::origin).distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static Class<?> logging() {
        try {
            return Class.forName(LOGGING_OF_PDFBOX, false, PDFParser.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String origin(Class<?> needed) {
        try {
            return Path.of(needed.getProtectionDomain().getCodeSource().getLocation().toURI()).toAbsolutePath()
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Has one file parsed.
     *
     * @param clock ends the process if it is stuck
     * @throws IOException if the process ended instead of answering
     */
    ParserVerdict ask(String name, FileFormat format, ScheduledExecutorService clock) throws IOException {
        asked++;
        Future<?> end = clock.schedule(process::destroyForcibly, limit.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        try {
            questions.writeUTF(format.name());
            questions.writeUTF(name);
            questions.flush();
            return verdict(answers.readUnsignedByte());
        } finally {
            end.cancel(false);
        }
    }

    private static ParserVerdict verdict(int number) throws IOException {
        if (number >= ParserVerdict.values().length) {
            throw new IOException("the parser's answer is none");
        }
        return ParserVerdict.values()[number];
    }

    /** Tells how many files it was asked about. */
    int asked() {
        return asked;
    }

    /**
     * Destroys the process, which closes the streams to it and from it. They are not closed here: that would write once
     * more what it died of, or did not live to read.
     */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}

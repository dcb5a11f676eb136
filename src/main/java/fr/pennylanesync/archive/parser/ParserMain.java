package fr.pennylanesync.archive.parser;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The process that parses. Standard input holds one question after another, a format and the plain name of a file in
 * the working directory; standard output holds one byte for each, the number of the verdict. It ends with its standard
 * input, or by itself when a file takes too long, so that it never outlives the process that asks.
 */
final class ParserMain {

    /** The first byte says that the process is there and can parse. */
    static final int READY = 0x2a;

    private static final int TIME_EXCEEDED = 4;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private ParserMain() {}

    /** @param arguments the milliseconds that one file may take */
    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        NoSockets.install();
        DataOutputStream answers = new DataOutputStream(System.out);
        System.setOut(System.err);
        answers.writeByte(READY);
        answers.flush();
        serve(new DataInputStream(System.in), answers, Long.parseLong(arguments[0]));
    }

    private static void serve(DataInputStream questions, DataOutputStream answers, long limitMs) throws IOException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(ParserMain::daemon);
        try {
            while (true) {
                FileFormat format = FileFormat.valueOf(questions.readUTF());
                Path file = plain(questions.readUTF());
                Future<?> end = clock.schedule(() -> Runtime.getRuntime().halt(TIME_EXCEEDED), limitMs,
                        TimeUnit.MILLISECONDS);
                ParserVerdict verdict = format.parse(file);
                end.cancel(false);
                answers.writeByte(verdict.ordinal());
                answers.flush();
            }
        } catch (EOFException nobodyAsksAnyMore) {
            clock.shutdownNow();
        }
    }

    private static Path plain(String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a file is named by a plain name");
        }
        return Path.of(name);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "limit");
        thread.setDaemon(true);
        return thread;
    }
}

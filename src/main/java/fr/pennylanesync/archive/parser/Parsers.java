package fr.pennylanesync.archive.parser;

import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has files parsed by processes that may die of it. A process is kept for the next file, and ends when nobody needs it
 * for a while.
 */
public final class Parsers implements AutoCloseable {

    private final Path folder;
    private final ParserLimits limits;
    private final Semaphore turns;
    private final Deque<ParserProcess> idle = new ArrayDeque<>();
    private final ScheduledExecutorService clock = FatalErrors.scheduler(1, "parser-limit");
    private boolean closed;

    /** @param folder the one that the files lie in, and nothing else */
    public Parsers(Path folder, ParserLimits limits) {
        this.folder = folder.toAbsolutePath();
        this.limits = limits;
        this.turns = new Semaphore(limits.processes(), true);
    }

    /**
     * Parses a file of the folder.
     *
     * @return empty where the file took more memory or time than it may, or ended the process
     * @throws SyncException if no process can be started
     */
    public Optional<ParserVerdict> parse(Path file, FileFormat format) {
        turns.acquireUninterruptibly();
        try {
            return parse(take(), file.getFileName().toString(), format);
        } finally {
            turns.release();
        }
    }

    /**
     * A process that has parsed files before may have died of those: then a new one has the last word. It has not where
     * this file took its whole time.
     */
    private Optional<ParserVerdict> parse(ParserProcess parser, String name, FileFormat format) {
        long began = System.nanoTime();
        Optional<ParserVerdict> verdict = ask(parser, name, format);
        boolean inTime = System.nanoTime() - began < limits.time().toNanos();
        boolean again = verdict.isEmpty() && inTime && parser.asked() > 1;
        return again ? ask(start(), name, format) : verdict;
    }

    private Optional<ParserVerdict> ask(ParserProcess parser, String name, FileFormat format) {
        try {
            ParserVerdict verdict = parser.ask(name, format, clock);
            giveBack(parser);
            return Optional.of(verdict);
        } catch (IOException ended) {
            parser.close();
            requireOpen();
            return Optional.empty();
        }
    }

    private ParserProcess take() {
        synchronized (idle) {
            ParserProcess waiting = idle.pollFirst();
            if (waiting != null) {
                return waiting;
            }
        }
        return start();
    }

    private ParserProcess start() {
        requireOpen();
        try {
            return ParserProcess.start(folder, limits);
        } catch (IOException refused) {
            throw new SyncException(ArchiveErrorCode.PARSER_NOT_STARTED, refused.getClass().getSimpleName());
        }
    }

    /** Keeps what our own end interrupted from counting as a fault of the file. */
    private void requireOpen() {
        synchronized (idle) {
            if (closed) {
                throw new SyncException(ArchiveErrorCode.PARSER_NOT_STARTED, "the process is stopping");
            }
        }
    }

    private void giveBack(ParserProcess parser) {
        synchronized (idle) {
            if (closed) {
                parser.close();
                return;
            }
            idle.addFirst(parser);
            int asked = parser.asked();
            clock.schedule(() -> retire(parser, asked), limits.idle().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void retire(ParserProcess parser, int asked) {
        synchronized (idle) {
            if (parser.asked() == asked && idle.remove(parser)) {
                parser.close();
            }
        }
    }

    /** Ends those that wait for a file; those at work end with their answer, or by their own limit. */
    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(ParserProcess::close);
            idle.clear();
        }
        clock.shutdown();
    }
}

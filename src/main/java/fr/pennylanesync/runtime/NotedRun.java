package fr.pennylanesync.runtime;

import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.activity.RunLog;
import fr.pennylanesync.activity.RunResult;
import fr.pennylanesync.failure.UnexpectedFailure;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.ProcessEvent;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes an audit or a verification that a command does. A login that may only read can do both, so that what cannot be
 * noted is done all the same.
 */
public final class NotedRun {

    private static final EventLog LOG = EventLog.of(NotedRun.class);

    private NotedRun() {}

    /** Does the work, and notes what its result says. */
    public static <T> T noting(JdbcClient jdbc, RunKind kind, OptionalLong company, String part, Supplier<T> work,
            Function<T, RunResult> result) {
        RunLog log = new RunLog(jdbc, NodeName.name());
        Optional<Long> run = begin(log, kind, company, part);
        try {
            T done = work.get();
            run.ifPresent(id -> log.end(id, result.apply(done)));
            return done;
        } catch (RuntimeException fault) {
            run.ifPresent(id -> log.end(id, RunResult.failed(UnexpectedFailure.of(fault).code().name())));
            throw fault;
        }
    }

    private static Optional<Long> begin(RunLog log, RunKind kind, OptionalLong company, String part) {
        try {
            return Optional.of(log.begin(kind, company, part));
        } catch (DataAccessException mayOnlyRead) {
            LOG.log(new ProcessEvent.RunNotNoted(kind.label(), mayOnlyRead.getClass().getName()));
            return Optional.empty();
        }
    }
}

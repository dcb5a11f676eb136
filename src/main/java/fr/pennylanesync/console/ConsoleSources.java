package fr.pennylanesync.console;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names what the console looks at.
 *
 * @param questions what readiness depends on
 * @param local warnings about this process and its machine, which the warehouse does not know
 * @param staleAfter a stream that has not come to its end for longer is stale
 * @param hasShare whether there is a data sharing to compare with
 * @param service what only the service itself knows, and can do
 */
public record ConsoleSources(JdbcClient jdbc, StreamStates states, Supplier<StreamCatalog> catalog,
        HealthQuestions questions, Supplier<ReloadState> reload, Supplier<List<Warning>> local, Duration staleAfter,
        boolean hasShare, WatchedService service) {

    /** Looks at a warehouse alone. */
    public ConsoleSources(JdbcClient jdbc, StreamStates states, Supplier<StreamCatalog> catalog,
            HealthQuestions questions, Supplier<ReloadState> reload, Supplier<List<Warning>> local,
            Duration staleAfter) {
        this(jdbc, states, catalog, questions, reload, local, staleAfter, true, WatchedService.NONE);
    }

    /**
     * Asks whether something can be used now; each throws if not.
     *
     * @param warehouse whether the database answers and can be written
     * @param companies throws when every company stands still because of a fault of this program
     * @param archive whether the bucket can be used
     * @param process throws when only another start of the process helps
     */
    public record HealthQuestions(Runnable warehouse, Runnable companies, Runnable archive, Runnable process) {}
}

package fr.pennylanesync.console;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Names what the console looks at.
 *
 * @param companies throws when every company stands still because of a fault of this program
 * @param archive asks whether the bucket can be used; throws if not
 * @param schedule says why no company's sync begins any more, if so
 * @param staleAfter a stream that has not come to its end for longer is stale
 */
public record ConsoleSources(JdbcClient jdbc, StreamStates states, Supplier<StreamCatalog> catalog, Runnable companies,
        Runnable archive, Supplier<ReloadState> reload, Supplier<Optional<ErrorCode>> schedule, Duration staleAfter) {}

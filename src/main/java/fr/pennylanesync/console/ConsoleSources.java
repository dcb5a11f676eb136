package fr.pennylanesync.console;

import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the console looks at.
 *
 * @param companies throws when every company stands still because of a fault of this program
 * @param archive asks whether the bucket can be used; throws if not
 * @param staleAfter a stream that has not come to its end for longer is stale
 */
public record ConsoleSources(JdbcClient jdbc, Supplier<StreamCatalog> catalog, Runnable companies,
        Runnable archive,
        Supplier<Optional<ReloadState>> reload,
        Duration staleAfter) {}

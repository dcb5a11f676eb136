package fr.pennylanesync.camel;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/**
 * One version of policies, steps and streams, started in a Camel context of its own. Nothing in it starts by itself:
 * that it could be started is the rehearsal, that it is called makes it the one in force.
 */
final class RouteSet implements AutoCloseable {

    private final RouteVersion version;
    private final StreamAssignment assignment = new StreamAssignment();
    private final Main main;
    private final ProducerTemplate callers;
    private int calls;

    /** @throws fr.pennylanesync.stream.RoutesException if Camel cannot start a route, naming its file */
    RouteSet(RouteVersion version, SyncEngine.EngineDependencies dependencies) {
        this.version = version;
        List<RouteText> routes = Stream.of("policies", "steps", "streams")
                .flatMap(folder -> version.files().in(folder).stream()).toList();
        this.main = CamelContexts.configured("routes", dependencies.properties(), version.schemes());
        dependencies.bind(main, version.catalog(), assignment);
        CamelContexts.start(main, routes);
        this.callers = main.getCamelContext().createProducerTemplate();
    }

    RouteVersion version() {
        return version;
    }

    StreamAssignment assignment() {
        return assignment;
    }

    /** Counts work that is in the set; its owner guards the count. */
    int count(int more) {
        calls += more;
        return calls;
    }

    /**
     * Holds what became of a call.
     *
     * @param ended the exchange, of this set's context
     * @param brokenOff the names of the streams that were left unfinished because they are taken away
     */
    record Sent(Exchange ended, List<String> brokenOff) {}

    /** Calls a step with an exchange of this set's own. */
    Sent send(String step, Consumer<Exchange> prepare) {
        Set<String> brokenOff = ConcurrentHashMap.newKeySet();
        Exchange ended = callers.send("direct:" + step, exchange -> {
            prepare.accept(exchange);
            exchange.setVariable(Variables.BROKEN_OFF, brokenOff);
        });
        FatalErrors.rethrow(ended.getException());
        return new Sent(ended, brokenOff.stream().sorted().toList());
    }

    Set<String> names() {
        return version.catalog().names();
    }

    /** Returns those of the streams that are still read here. */
    List<String> enabled(List<String> streams) {
        return streams.stream()
                .filter(name -> version.catalog().find(name).filter(StreamDefinition::enabled).isPresent()).toList();
    }

    /** @param limit how long its work is waited for before it is cut off */
    void close(Duration limit) {
        main.getCamelContext().getShutdownStrategy().setTimeout(limit.toMillis());
        main.getCamelContext().getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        close();
    }

    @Override
    public void close() {
        main.stop();
    }
}

package fr.pennylanesync.camel;

import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/**
 * One version of policies, steps and streams, started in a Camel context of its own. Nothing in it starts by itself: that it could be
 * started is the rehearsal, that it is called makes it the one in force.
 */
final class RouteSet implements AutoCloseable {

    private final RouteVersion version;
    private final Tenure tenure = new Tenure();
    private final Main main;
    private final ProducerTemplate callers;
    private int calls;

    /** @throws fr.pennylanesync.stream.RoutesException if Camel cannot start a route, naming its file */
    RouteSet(RouteVersion version, SyncEngine.Parts parts) {
        this.version = version;
        List<RouteText> routes = Stream.of("policies", "steps", "streams").flatMap(folder -> version.files().in(folder).stream()).toList();
        this.main = Contexts.configured("routes", parts.properties());
        parts.bind(main, version.catalog(), tenure);
        Contexts.start(main, routes);
        this.callers = main.getCamelContext().createProducerTemplate();
    }

    RouteVersion version() {
        return version;
    }

    Tenure tenure() {
        return tenure;
    }

    /** Counts work that is in the set; its owner guards the count. */
    int count(int more) {
        calls += more;
        return calls;
    }

    /** @return the names of the streams that were left unfinished because they are taken away */
    List<String> sync(long companyId, List<String> streams, Demand demand) {
        return call("sync-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, companyId);
            exchange.setVariable(Variables.DEMAND, demand);
            exchange.getMessage().setBody(streams);
        });
    }

    List<String> archive(long companyId, List<String> streams) {
        return call("archive-company", exchange -> {
            exchange.setVariable(Variables.COMPANY_ID, companyId);
            exchange.getMessage().setBody(streams);
        });
    }

    private List<String> call(String step, Consumer<Exchange> prepare) {
        Set<String> brokenOff = ConcurrentHashMap.newKeySet();
        Exchange ended = callers.send("direct:" + step, exchange -> {
            exchange.setVariable(Variables.BROKEN_OFF, brokenOff);
            prepare.accept(exchange);
        });
        FatalErrors.rethrow(ended.getException());
        return brokenOff.stream().sorted().toList();
    }

    /** For work of other contexts. */
    Exchange forward(String direct, Exchange work) {
        return callers.send("direct:" + direct, work);
    }

    Set<String> names() {
        return version.catalog().names();
    }

    boolean has(String stream) {
        return version.catalog().find(stream).isPresent();
    }

    /** Those of the streams that are still read here. A child whose parent is among them comes with it: twice at a time it must not be read. */
    List<String> toGoOnWith(List<String> brokenOff) {
        return brokenOff.stream().flatMap(name -> version.catalog().find(name).stream()).filter(StreamDefinition::enabled)
                .filter(stream -> stream.parent().filter(brokenOff::contains).isEmpty()).map(StreamDefinition::name).toList();
    }

    @Override
    public void close() {
        main.stop();
    }
}

package fr.pennylanesync.camel;

import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts some of our own route files, with the policies that they name, once for a class; what they call is not ours,
 * and forgets before each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StepRoutes extends CamelTestSupport {

    private static final RouteSnapshot FILES = RouteSnapshot.read(Path.of("routes"));
    private static final Set<String> POLICIES =
            Set.of("caller-decides", "stream-failure", "job-failure");

    final StepCalls calls = new StepCalls();
    private final Set<String> stopped = new HashSet<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    /** The ids of the jobs and steps that are started. */
    abstract Set<String> started();

    /** Lets what they call be as it was made. */
    abstract void clear();

    /** Makes what they call known. */
    abstract void bind(Registry beans);

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        TestSettings.give(context, properties());
        context.getCamelContextExtension().addInterceptStrategy(new ForeignFailures());
        Registry beans = context.getRegistry();
        beans.bind("quietRedelivery", new QuietRedelivery());
        beans.bind("inOrder", new GroupedBodyAggregationStrategy());
        beans.bind("warehouseTransaction", new TransactionPolicy(
                new TransactionTemplate(calls.transactions()), () -> () -> {}));
        Stream.of("laneThreads", "streamThreads", "childThreads").forEach(name -> beans.bind(name, workers));
        bind(beans);
        CamelContexts.load(context, routes());
        return context;
    }

    /** What the routes take from the settings. */
    Properties properties() {
        return TestSettings.withoutDelay();
    }

    private List<RouteText> routes() {
        return Stream.of("policies", "steps", "jobs").flatMap(folder -> FILES.in(folder).stream())
                .filter(file -> POLICIES.contains(file.id()) || started().contains(file.id())).toList();
    }

    /** Stops a loop, as the end of the process does; the route that has it is put back before the next test. */
    void stop(String route, String loop) {
        ((ShutdownPrepared) context.getProcessor(loop)).prepareShutdown(false, false);
        stopped.add(route);
    }

    private void putBack(String route) throws Exception {
        context.getRouteController().stopRoute(route);
        context.removeRoute(route);
        CamelContexts.load(context, routes().stream().filter(file -> file.id().equals(route)).toList());
    }

    Exchange send(String step, Processor prepare) {
        return template.send("direct:" + step, prepare);
    }

    @BeforeEach
    void nothingHasHappenedYet() throws Exception {
        for (String route : stopped) {
            putBack(route);
        }
        stopped.clear();
        calls.clear();
        clear();
    }

    @AfterAll
    void nothingIsLeftToDo() {
        workers.shutdownNow();
    }
}

package fr.pennylanesync.camel;

import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.stream.RouteFiles;
import fr.pennylanesync.stream.RoutesException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Makes Camel contexts that all behave alike, and loads route files into them one by one, so that a fault has a file.
 */
final class CamelContexts {

    private static final int STOP_SECONDS_MAX = 30;

    private CamelContexts() {}

    /** @param schemes of the components that may be made */
    static Main configured(String name, Map<String, String> properties, Set<String> schemes) {
        Main main = new Main();
        main.configure().withName("pennylane-sync-" + name).withJmxEnabled(false).withStreamCachingEnabled(false)
                .withLogMask(true)
                .withAllowUseOriginalMessage(false).withShutdownTimeout(STOP_SECONDS_MAX)
                .withAutoConfigurationLogSummary(false);
        main.configure().withRoutesIncludePattern("false");
        properties.forEach(main::addInitialProperty);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                GuardedResolvers.guard(starting.getCamelContext(), schemes);
            }
        });
        return main;
    }

    /** @throws RoutesException if a route cannot be started; nothing is left running then */
    static void start(Main main, List<RouteText> routes) {
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport starting) {
                load(starting.getCamelContext(), routes);
            }
        });
        try {
            main.start();
        } catch (RuntimeException refused) {
            main.stop();
            throw RouteStartFault.refusal(refused, routes);
        }
    }

    /** @throws RoutesException naming the first file that cannot be loaded */
    static void load(CamelContext context, List<RouteText> routes) {
        for (RouteText route : routes) {
            try {
                PluginHelper.getRoutesLoader(context).loadRoutes(resource(route));
            } catch (Exception refused) {
                throw RouteStartFault.refusal(refused, List.of(route));
            }
        }
    }

    private static Resource resource(RouteText route) {
        return ResourceHelper.fromString(route.id() + RouteFiles.ENDING, route.content());
    }
}

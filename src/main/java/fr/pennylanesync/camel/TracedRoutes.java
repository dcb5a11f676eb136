package fr.pennylanesync.camel;

import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.tracing.SpanField;
import fr.pennylanesync.tracing.TraceSpan;
import fr.pennylanesync.tracing.Traces;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Makes a span of each run of the routes that lead from the schedule to the landing and to the archive. Camel finds it
 * in the registry and lets it watch every route. A span that is open stands in a variable, which goes along wherever an
 * exchange is copied. Safe for threads.
 */
public final class TracedRoutes implements RoutePolicyFactory, AutoCloseable {

    private static final Set<String> ROUTES = Set.of("sync-companies", "sync-company", "sync-stream", "run-pass",
            "next-batch", "read-page", "read-partition", "land-batch", "archive-company", "archive-batch",
            "archive-file", "archive-put", "audit-company", "anchor-digest");
    private static final String OPEN = "openSpan";

    /** A span, and the one that it stands in. */
    private record OpenSpan(TraceSpan span, Optional<OpenSpan> whole) {}

    private final Traces traces;
    private final LongFunction<Optional<String>> aliases;

    /** @param aliases of the companies, by their ids */
    public TracedRoutes(Traces traces, LongFunction<Optional<String>> aliases) {
        this.traces = traces;
        this.aliases = aliases;
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext context, String routeId, NamedNode route) {
        return ROUTES.contains(routeId) ? new SpanOfRun() : null;
    }

    @Override
    public void close() {
        traces.close();
    }

    private void begin(String route, Exchange exchange) {
        Optional<OpenSpan> whole = Optional.ofNullable(exchange.getVariable(OPEN, OpenSpan.class));
        TraceSpan span = traces.begin(route, whole.map(OpenSpan::span));
        exchange.setVariable(OPEN, new OpenSpan(span, whole));
    }

    private void end(String route, Exchange exchange) {
        OpenSpan open = exchange.getVariable(OPEN, OpenSpan.class);
        describe(open.span(), exchange);
        switch (route) {
            case "read-page" -> describePage(open.span(), exchange);
            case "land-batch" -> describeBatch(open.span(), exchange);
            case "archive-file" -> describeFile(open.span(), exchange);
            default -> {}
        }
        if (exchange.getException() != null) {
            open.span().failed(code(exchange.getException()));
        }
        open.span().end();
        open.whole().ifPresentOrElse(whole -> exchange.setVariable(OPEN, whole), () -> exchange.removeVariable(OPEN));
    }

    private void describe(TraceSpan span, Exchange exchange) {
        Optional.ofNullable(exchange.getVariable(Variables.COMPANY_ID, Long.class)).ifPresent(company -> {
            span.set(SpanField.COMPANY, company);
            aliases.apply(company).ifPresent(alias -> span.set(SpanField.ALIAS, alias));
        });
        Optional.ofNullable(Variables.streamName(exchange)).ifPresent(stream -> span.set(SpanField.STREAM, stream));
        Optional.ofNullable(Variables.pass(exchange))
                .ifPresent(pass -> span.set(SpanField.PASS, pass.checkpoint().pass().name()));
    }

    private static void describePage(TraceSpan span, Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Page page) {
            span.set(SpanField.ITEMS, page.items().size());
        }
    }

    private static void describeBatch(TraceSpan span, Exchange exchange) {
        Variables.landed(exchange).ifPresent(landed -> {
            span.set(SpanField.BATCH, landed.id());
            span.set(SpanField.RECORDS, landed.recordCount());
            span.set(SpanField.CHANGED, landed.changedCount());
            span.set(SpanField.DELETED, landed.deletedCount());
        });
    }

    private static void describeFile(TraceSpan span, Exchange exchange) {
        span.set(SpanField.RECORD, Variables.fileTask(exchange).pending().key().recordId());
        span.set(SpanField.ARCHIVED, Boolean.toString(Variables.fileTask(exchange).isFetched()));
    }

    /** Says nothing of what the exception says: that may hold data. */
    private static String code(Exception failure) {
        return failure instanceof SyncException known ? known.code().name()
                : failure.getClass().getName()
                        .replace('$', '.');
    }

    /** Sees each run of a route begin and end. */
    private final class SpanOfRun extends RoutePolicySupport {

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            begin(route.getRouteId(), exchange);
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            end(route.getRouteId(), exchange);
        }
    }
}

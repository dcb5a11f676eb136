package fr.pennylanesync.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.regex.Pattern;

/** A piece of work that is under way: it has a name, facts, and the work that it is a part of. */
public final class TraceSpan {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private final Span span;

    TraceSpan(Span span) {
        this.span = span;
    }

    Context asParent() {
        return Context.root().with(span);
    }

    public void set(SpanField field, long number) {
        span.setAttribute(field.attribute(), number);
    }

    /**
     * @param name an alias, a name of ours, or a code
     * @throws IllegalArgumentException if it is anything else
     */
    public void set(SpanField field, String name) {
        span.setAttribute(field.attribute(), checked(name));
    }

    /** @param code of the failure; its message is not told */
    public void failed(String code) {
        span.setStatus(StatusCode.ERROR, checked(code));
    }

    public void end() {
        span.end();
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a span tells names of ours only");
        }
        return name;
    }
}

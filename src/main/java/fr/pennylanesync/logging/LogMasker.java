package fr.pennylanesync.logging;

import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.Set;
import net.logstash.logback.mask.ValueMasker;

/**
 * Masks every text of a log line once more, whoever wrote it, except those that cannot hold a value. A field of an
 * event is masked as its declared kind asks for, so that a hash stays whole.
 */
final class LogMasker implements ValueMasker {

    static final String STACK_TRACE = "stack_trace";

    /** Class names are long words, and the stack trace was made safe when it was made. */
    private static final Set<String> WITHOUT_VALUES = Set.of("time", "level", "logger", "event", "error", STACK_TRACE);

    /** Null leaves the value as it is. */
    @Override
    public Object mask(JsonStreamContext context, Object value) {
        boolean topLevel = context.getParent() == null || context.getParent().inRoot();
        if (!(value instanceof CharSequence) || topLevel && WITHOUT_VALUES.contains(context.getCurrentName())) {
            return null;
        }
        String text = value.toString();
        String masked = isField(context) ? EventProvider.mask(context.getCurrentName(), text)
                : SensitiveText.mask(text);
        return masked.equals(text) ? null : masked;
    }

    private static boolean isField(JsonStreamContext context) {
        JsonStreamContext parent = context.getParent();
        return parent != null && EventProvider.FIELDS.equals(parent.getCurrentName());
    }
}

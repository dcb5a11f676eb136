package fr.pennylanesync.camel;

import fr.pennylanesync.stream.DeclaredStream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Takes the facts that Camel binds to a {@link DeclaredStream}, and keeps none. Camel looks it up by name before it
 * looks for setters: those would have to be named after every column, and {@code attachment.url} would be a property of
 * a property.
 */
final class DeclaredStreamConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {

    /** The name in the registry under which Camel finds the configurer of a class. */
    static final String NAME = DeclaredStream.class.getName() + "-configurer";

    @Override
    public boolean configure(CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        return true;
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return Object.class;
    }

    /** Answers with the bean itself, to which the facts below a fact are then bound in their turn. */
    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return target;
    }
}

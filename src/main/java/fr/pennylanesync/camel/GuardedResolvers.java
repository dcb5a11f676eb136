package fr.pennylanesync.camel;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.DataFormatResolver;
import org.apache.camel.spi.LanguageResolver;
import org.apache.camel.support.PluginHelper;

/**
 * Keeps a Camel context from making components, languages and data formats that no route may use, whatever happens to
 * be on the class path, and whatever lint may have let pass.
 */
final class GuardedResolvers {

    /** Camel makes it for each call of a bean; lint lets no route name it. */
    private static final String BEAN = "bean";
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", BEAN);
    private static final Set<String> DATA_FORMATS = Set.of("jackson");

    private GuardedResolvers() {}

    /** @param schemes of the components that may be made */
    static void guard(CamelContext context, Set<String> schemes) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        ComponentResolver components = PluginHelper.getComponentResolver(context);
        extension.addContextPlugin(ComponentResolver.class,
                (name, camel) -> schemes.contains(name) || name.equals(BEAN) ? components.resolveComponent(name, camel)
                        : null);
        LanguageResolver languages = PluginHelper.getLanguageResolver(context);
        extension.addContextPlugin(LanguageResolver.class,
                (name, camel) -> {
                    if (LANGUAGES.contains(name)) {
                        return languages.resolveLanguage(name, camel);
                    }
                    throw new NoSuchLanguageException(name);
                });
        DataFormatResolver formats = PluginHelper.getDataFormatResolver(context);
        extension.addContextPlugin(DataFormatResolver.class,
                (name, camel) -> DATA_FORMATS.contains(name) ? formats.createDataFormat(name, camel) : null);
    }
}

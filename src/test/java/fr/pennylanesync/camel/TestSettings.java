package fr.pennylanesync.camel;

import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/**
 * Gives the routes of a test their settings alone. The build sets a delay before each redelivery as a system property,
 * which Camel would prefer to what a test says.
 */
final class TestSettings {

    private TestSettings() {}

    static void give(CamelContext context, Properties settings) {
        PropertiesComponent component = (PropertiesComponent) context.getPropertiesComponent();
        component.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        component.setInitialProperties(settings);
    }

    /** The settings with which what fails is tried again at once. */
    static Properties withoutDelay() {
        Properties settings = new Properties();
        settings.setProperty("retry.delay-ms", "0");
        return settings;
    }
}

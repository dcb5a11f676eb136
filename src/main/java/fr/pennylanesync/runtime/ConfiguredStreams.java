package fr.pennylanesync.runtime;

import fr.pennylanesync.personal.PrivacyRules;
import fr.pennylanesync.personal.Pseudonyms;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamOptions;
import java.nio.file.Path;

/** Loads the streams as the settings have them: which are synced, and what becomes of their personal data. */
public final class ConfiguredStreams {

    private ConfiguredStreams() {}

    /**
     * Loads the streams of the routes directory.
     *
     * @throws fr.pennylanesync.stream.RoutesException with every fault of every file
     */
    public static StreamCatalog load(Settings settings) {
        return load(settings.routes().directory(), settings);
    }

    /** Loads the streams of another directory. */
    public static StreamCatalog load(Path routes, Settings settings) {
        return StreamCatalog.load(routes, options(settings));
    }

    static StreamOptions options(Settings settings) {
        Settings.Privacy privacy = settings.privacy();
        return new StreamOptions(settings.streams(), new PrivacyRules(privacy.personalData(), privacy.streams(),
                privacy.fields(), privacy.hashKey().map(Secret::reveal).map(Pseudonyms::new)), settings.since(),
                settings.retention().files());
    }
}

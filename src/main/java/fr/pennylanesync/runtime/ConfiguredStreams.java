package fr.pennylanesync.runtime;

import fr.pennylanesync.personal.PrivacyRules;
import fr.pennylanesync.personal.Pseudonyms;
import fr.pennylanesync.personal.Treatment;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.Settings.PersonalData;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

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
        return new StreamOptions(settings.streams(), new PrivacyRules(treatment(privacy.personalData()),
                treatments(privacy.streams()), treatments(privacy.fields()),
                privacy.hashKey().map(Secret::reveal).map(Pseudonyms::new)), settings.since(),
                settings.retention().files());
    }

    private static Map<String, Treatment> treatments(Map<String, PersonalData> given) {
        return given.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, said -> treatment(said.getValue())));
    }

    private static Treatment treatment(PersonalData given) {
        return switch (given) {
            case KEEP -> Treatment.KEEP;
            case MASK -> Treatment.MASK;
            case HASH -> Treatment.HASH;
            case OMIT -> Treatment.OMIT;
        };
    }
}

package fr.pennylanesync.settings;

import static java.util.Objects.requireNonNull;

/** One thing that is wrong with the configuration. Never holds the value of a secret. */
public record SettingsFault(String key, String problem, String remedy) {

    public SettingsFault {
        requireNonNull(key, "key");
        requireNonNull(problem, "problem");
        requireNonNull(remedy, "remedy");
    }

    @Override
    public String toString() {
        return key + ": " + problem + ". " + remedy;
    }
}

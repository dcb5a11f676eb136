package fr.pennylanesync.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The documentation of all settings, made from their declarations. */
public final class SettingsReference {

    private SettingsReference() {}

    /** The commented {@code application.properties}: every key at its default, grouped by how often it is touched. */
    public static String propertiesFile() {
        StringBuilder text = new StringBuilder("""
                # pennylane-sync: every setting, commented out at its default.
                # Any key may also be an environment variable (PENNYLANE_BASE_URL) or a -Dkey=value; -D wins over the
                # environment, which wins over this file. An empty value counts as not given.
                # A secret may be written as {{env:NAME}}, {{aws:name}} or another property function.
                # Unknown keys and values out of range are refused at start, all at once: see `doctor`.
                # Generated from the declarations of the settings; keys of others (camel.*) may be added below.
                """);
        for (Key.Use use : Key.Use.values()) {
            text.append("\n\n## ").append(use.title()).append('\n');
            keysOf(use).forEach(key -> text.append(commented(key)));
        }
        return text.toString();
    }

    /** The page of all settings: a Markdown table per group, with key, default, what it means. */
    public static String markdownPage() {
        StringBuilder text = new StringBuilder("""
                # Settings

                Any of them stands in `application.properties`, in the environment (`PENNYLANE_BASE_URL`), or behind
                `-D` before `-jar` ([operating](../OPERATING.md#configuration)). Generated from their declarations in
                `Keys`; change one there, then run `mvn -q test -Dtest=SettingsReferenceTest -Ddocs.write=true`.

                """);
        for (Key.Use use : Key.Use.values()) {
            text.append("## ").append(use.title()).append("\n\n| key | default | meaning |\n|---|---|---|\n");
            keysOf(use).forEach(key -> text.append("| `").append(key.name()).append("` | ").append(markdownDefault(key))
                    .append(" | ").append(key.meaning().replace("<", "&lt;")).append(" (")
                    .append(key.type().description()).append("). |\n"));
            text.append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static List<Key<?>> keysOf(Key.Use use) {
        List<Key<?>> keys = Keys.all().stream().filter(key -> key.use() == use).collect(Collectors.toList());
        if (use == Key.Use.FREQUENT) {
            Keys.FAMILIES.forEach(family -> keys.add(family.shown()));
        }
        return keys;
    }

    private static String commented(Key<?> key) {
        return "\n# " + key.meaning() + " (" + key.type().description() + ").\n#" + key.name() + "=" + key.defaultText()
                + "\n";
    }

    private static String markdownDefault(Key<?> key) {
        return key.defaultText().isEmpty() ? "empty" : "`" + key.defaultText() + "`";
    }
}

package fr.pennylanesync.settings;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The places a value may come from, merged under our own names; unknown names of ours become faults. */
record SettingSources(Map<String, String> file, Map<String, String> environment, Properties system,
        List<SettingsFault> faults) {

    /** Text by key; of several, the one of the strongest source. */
    Map<String, String> merge() {
        Map<String, String> merged = new TreeMap<>();
        file.forEach((name, text) -> accept(name, text, "in the file", merged));
        new TreeMap<>(environment).forEach((name, text) -> acceptVariable(name, text, merged));
        system.stringPropertyNames().stream().sorted()
                .forEach(name -> accept(name, system.getProperty(name), "given as -D" + name, merged));
        return merged;
    }

    private void accept(String name, String text, String place, Map<String, String> merged) {
        if (!Keys.isOurs(name)) {
            return;
        }
        if (!Keys.isKnown(name)) {
            faults.add(new SettingsFault(name, "there is no such key (" + place + ")", Keys.closestTo(name)
                    .map(known -> "Did you mean " + known + "?")
                    .orElse("Remove it; application.properties lists every key.")));
            return;
        }
        put(name, text, merged);
    }

    /**
     * The environment is shared with others: Kubernetes itself sets WAREHOUSE_SERVICE_HOST where a service has that
     * name. So an unknown variable is refused only when it looks like a mistyped one of ours.
     */
    private void acceptVariable(String variable, String text, Map<String, String> merged) {
        Optional<String> name = nameOf(variable);
        if (name.isPresent()) {
            put(name.get(), text, merged);
            return;
        }
        mistyped(variable).ifPresent(known -> faults.add(new SettingsFault(variable,
                "there is no such key (in the environment)", "Did you mean " + known + "?")));
    }

    private static void put(String name, String text, Map<String, String> merged) {
        if (!text.isBlank()) {
            merged.put(name, text);
        }
    }

    private static Optional<String> nameOf(String variable) {
        Optional<String> listed =
                Keys.all().stream().filter(key -> key.environmentName().equals(variable)).map(Key::name).findFirst();
        return listed.or(
                () -> Keys.FAMILIES.stream().flatMap(family -> family.nameOfVariable(variable).stream()).findFirst());
    }

    private static Optional<String> mistyped(String variable) {
        String firstWord = variable.split("_", 2)[0].toLowerCase(Locale.ROOT);
        if (!Keys.PREFIXES.contains(firstWord)) {
            return Optional.empty();
        }
        return Keys.all().stream().map(Key::environmentName)
                .filter(known -> EditDistance.between(known, variable) <= EditDistance.TYPING_MISTAKE).findFirst();
    }
}

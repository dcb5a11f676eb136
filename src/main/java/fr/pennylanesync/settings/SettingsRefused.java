package fr.pennylanesync.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is refused: every fault at once, one line each. */
public final class SettingsRefused extends RuntimeException {

    private final transient List<Fault> faults;

    public SettingsRefused(List<Fault> faults) {
        super(describe(faults));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }

    private static String describe(List<Fault> faults) {
        return faults.stream().map(fault -> "\n  " + fault)
                .collect(Collectors.joining("", "the configuration has " + faults.size() + " fault(s):", ""));
    }
}

package fr.pennylanesync.settings;

import fr.pennylanesync.failure.SyncException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration is refused with every fault at once, one line each. It is a class of its own because a fault has a
 * key, and because its message, a list, is read by people as it is.
 */
public final class SettingsException extends SyncException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<SettingsFault> faults;

    public SettingsException(List<SettingsFault> faults) {
        super(SettingsErrorCode.SETTINGS_REFUSED, describe(faults));
        this.faults = List.copyOf(faults);
    }

    public List<SettingsFault> faults() {
        return faults;
    }

    @Override
    public String getMessage() {
        return detail();
    }

    private static String describe(List<SettingsFault> faults) {
        return faults.stream().map(fault -> "\n  " + fault)
                .collect(Collectors.joining("", "the configuration has " + faults.size() + " fault(s):", ""));
    }
}

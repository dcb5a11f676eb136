package fr.pennylanesync.settings;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of a configuration that is refused. */
public enum SettingsErrorCode implements ErrorCode {
    SETTINGS_REFUSED(lasting(CONFIGURATION, PROCESS,
            "the configuration is refused",
            "correct every key that the message names"));

    private final ErrorDescription description;

    SettingsErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "settings";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

package fr.pennylanesync.console;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of a console that cannot be opened. */
public enum ConsoleErrorCode implements ErrorCode {
    CONSOLE_PORT_TAKEN(lasting(CONFIGURATION, PROCESS,
            "nothing can listen at the address",
            "another program does, or the address is not this machine's: set console.port and console.address "
                    + "(port 0: any free one)"));

    private final ErrorDescription description;

    ConsoleErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "console";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

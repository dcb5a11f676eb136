package fr.pennylanesync.console;

import fr.pennylanesync.settings.Settings;

/** The console's address cannot be listened on. */
public final class ConsoleFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConsoleFailure(Settings.Console settings) {
        super("CONSOLE_PORT_TAKEN: nothing can listen at " + settings.address() + ":" + settings.port()
                + ". Another program does, or the address is not this machine's: set console.port and console.address (port 0: any free one).");
    }
}

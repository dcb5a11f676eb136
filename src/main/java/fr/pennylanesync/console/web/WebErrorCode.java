package fr.pennylanesync.console.web;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;

/** The codes of a console that cannot be opened. */
public enum WebErrorCode implements ErrorCode {
    CONSOLE_PORT_TAKEN(lasting(CONFIGURATION, PROCESS,
            "nothing can listen at the address",
            "another program does, or the address is not this machine's: set console.port and console.address "
                    + "(port 0: any free one)")),
    CONSOLE_KEYSTORE_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "the certificate and key of the console cannot be read",
            "see that console.tls.keystore is a PKCS#12 file that this process may read, and console.tls.password "
                    + "its password"));

    private final ErrorDescription description;

    WebErrorCode(ErrorDescription description) {
        this.description = description;
    }

    /** Returns the code for what kept the server from listening. */
    static WebErrorCode of(Throwable refused) {
        return refused instanceof SocketException || refused instanceof UnresolvedAddressException
                ? CONSOLE_PORT_TAKEN
                : CONSOLE_KEYSTORE_UNUSABLE;
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

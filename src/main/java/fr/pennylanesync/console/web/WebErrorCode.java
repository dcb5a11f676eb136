package fr.pennylanesync.console.web;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.ITEM;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;

/** The codes of a console that cannot be opened, or lets somebody not in. */
public enum WebErrorCode implements ErrorCode {
    CONSOLE_PORT_TAKEN(lasting(CONFIGURATION, PROCESS,
            "nothing can listen at the address",
            "another program does, or the address is not this machine's: set console.port and console.address "
                    + "(port 0: any free one)")),
    CONSOLE_KEYSTORE_UNUSABLE(lasting(CONFIGURATION, PROCESS,
            "the certificate and key of the console cannot be read",
            "see that console.tls.keystore is a PKCS#12 file that this process may read, and console.tls.password "
                    + "its password")),
    OPENID_PROVIDER_AWAY(passing(THEIRS, PROCESS,
            "the OpenID provider does not answer as it should",
            "see that console.oidc.issuer is its address and that it is reached from here; then log in again")),
    OPENID_LOGIN_REFUSED(lasting(CONFIGURATION, ITEM,
            "what the OpenID provider sent back does not belong to a login that was begun here",
            "log in again; if it stays, compare the client, its secret, the callback address and the clocks of both "
                    + "machines; console_login_failed names what was wrong")),
    OPENID_LOGIN_NOT_ALLOWED(lasting(CONFIGURATION, ITEM,
            "somebody whom the OpenID provider knows may see nothing here",
            "see that console.oidc.operators or console.oidc.viewers names a claim of this person"));

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

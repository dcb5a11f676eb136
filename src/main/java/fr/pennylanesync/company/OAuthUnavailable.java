package fr.pennylanesync.company;

import java.io.Serial;

/** The authorisation server gave no clear answer: try again at the next reading of the directory. */
final class OAuthUnavailable extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    OAuthUnavailable() {
        super("OAUTH_UNAVAILABLE: it is tried again by itself");
    }
}

package fr.pennylanesync.sandbox.share;

/** A login of the share. */
public record ShareLogin(String username, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return username;
    }
}

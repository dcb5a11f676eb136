package fr.pennylanesync.token;

import fr.pennylanesync.settings.Secret;

/**
 * Holds a token that gets a file of its own.
 *
 * @param secret what requests carry
 * @param ending which kind of file holds it
 * @param content of that file
 */
public record NewToken(Secret secret, String ending, String content) {

    /** Is a company's own token. */
    public static NewToken ofCompany(Secret token) {
        return new NewToken(token, TokenDirectory.TOKEN, token.reveal() + "\n");
    }

    /** Without its secrets. */
    @Override
    public String toString() {
        return "NewToken[" + ending + "]";
    }
}

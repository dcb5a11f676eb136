package fr.pennylanesync.company;

import fr.pennylanesync.settings.Secret;
import java.util.Optional;

/**
 * The verified tokens of one company, in memory only.
 *
 * @param alias whose file they came from
 * @param fromFile the token that the alias's file held when it was last looked at
 * @param current sent with new requests
 * @param fallback the one before, until the current one had its first success
 * @param verifiedAtNanos when {@code /me} last vouched for them
 */
record VerifiedToken(String alias, Secret fromFile, Secret current, Optional<Secret> fallback, long verifiedAtNanos) {

    VerifiedToken withoutFallback() {
        return new VerifiedToken(alias, fromFile, current, Optional.empty(), verifiedAtNanos);
    }

    VerifiedToken using(Secret token) {
        return new VerifiedToken(alias, fromFile, token, Optional.empty(), verifiedAtNanos);
    }
}

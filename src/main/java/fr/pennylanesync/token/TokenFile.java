package fr.pennylanesync.token;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.settings.Secret;
import java.util.Optional;

/** One alias of the token directory, as it was found. */
public sealed interface TokenFile {

    String alias();

    /**
     * A usable token.
     *
     * @param next the token of {@code <alias>.token.next}, during a rotation
     */
    record Usable(String alias, Secret token, Optional<Secret> next) implements TokenFile {}

    /** A token that cannot be had at this moment: nothing follows from that. */
    record Unavailable(String alias) implements TokenFile {}

    /** A file that is not used until somebody repairs it. */
    record Faulty(String alias, ErrorCode fault) implements TokenFile {}
}

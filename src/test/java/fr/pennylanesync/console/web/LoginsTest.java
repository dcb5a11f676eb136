package fr.pennylanesync.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.settings.ConsoleLogin;
import fr.pennylanesync.settings.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever guesses is kept waiting, and only who guesses. */
class LoginsTest {

    private static final int FEW_ROUNDS = 1_000;
    /** Both parts have the length that they have at a login, else another number of rounds would be computed. */
    private static final String HASH = "\\$pbkdf2\\$it=210000\\$[^$]{22}\\$[^$]{86}";

    private Instant now = Instant.EPOCH;
    private final Logins logins = new Logins(List.of(new ConsoleLogin("anna",
            Secret.of(Logins.hash("right", FEW_ROUNDS)),
            Optional.empty())), () -> now);

    @Test
    void afterSomeTriesInVainTheRightPasswordIsNotTakenEitherForAWhile() {
        for (int i = 0; i < Logins.TRIES_MAX; i++) {
            assertThat(logins.enter("anna", "wrong", "192.0.2.1")).isEmpty();
        }

        assertThat(logins.enter("anna", "right", "192.0.2.1")).isEmpty();
        assertThat(logins.enter("anna", "right", "192.0.2.2")).as("from elsewhere").isPresent();
        now = now.plus(Logins.PAUSE).plusSeconds(1);
        assertThat(logins.enter("anna", "right", "192.0.2.1")).isPresent();
    }

    @Test
    void aHashHasItsSaltAndIsOneThatTheConfigurationTakes() {
        String hash = Logins.hash("right");

        assertThat(hash).isNotEqualTo(Logins.hash("right")).matches(HASH);
        assertThat(Logins.NOBODY).as("takes as long").matches(HASH);
    }
}

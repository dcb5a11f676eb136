package fr.pennylanesync.console.web;

import fr.pennylanesync.settings.ConsoleLogin;
import io.vertx.ext.auth.HashingStrategy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells whether a password is the login's. Whoever guesses is slowed down: by the rounds of the hash, and after some
 * tries in vain by a pause.
 */
public final class Logins {

    static final int TRIES_MAX = 5;
    static final Duration PAUSE = Duration.ofMinutes(5);
    private static final int PASSWORD_MAX = 256;
    private static final int TRIED_MAX = 10_000;
    private static final int SALT_BYTES = 16;
    private static final String ALGORITHM = "pbkdf2";
    private static final int ROUNDS = 210_000;
    private static final int HASH_BYTES = 64;
    private static final HashingStrategy HASHES = HashingStrategy.load();
    /** Is compared where there is no such login, so that the time does not tell. No password is known to have it. */
    static final String NOBODY = "$" + ALGORITHM + "$it=" + ROUNDS + "$" + random(SALT_BYTES) + "$"
            + random(HASH_BYTES);

    private final Map<String, ConsoleLogin> logins;
    private final InstantSource clock;
    private final Map<Tried, Tries> tries = new ConcurrentHashMap<>();

    private record Tried(String name, String address) {}

    private record Tries(int inVain, long lastMillis) {}

    Logins(List<ConsoleLogin> logins, InstantSource clock) {
        this.logins = logins.stream().collect(Collectors.toMap(ConsoleLogin::name, Function.identity()));
        this.clock = clock;
    }

    /** Returns the hash of a password with a salt of its own, as the configuration takes it. */
    public static String hash(String password) {
        return hash(password, ROUNDS);
    }

    static String hash(String password, int rounds) {
        return HASHES.hash(ALGORITHM, Map.of("it", Integer.toString(rounds)), random(SALT_BYTES), password);
    }

    private static String random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    boolean isEmpty() {
        return logins.isEmpty();
    }

    /**
     * Returns whom a name and a password let in. It computes for long.
     *
     * @param address where the try comes from
     */
    Optional<Viewer> enter(String name, String password, String address) {
        Tried tried = new Tried(logins.containsKey(name) ? name : "", address);
        if (isPaused(tried) || password.length() > PASSWORD_MAX) {
            return Optional.empty();
        }
        Optional<ConsoleLogin> login = Optional.ofNullable(logins.get(name));
        boolean right = HASHES.verify(login.map(known -> known.passwordHash().reveal()).orElse(NOBODY), password);
        if (login.isEmpty() || !right) {
            note(tried);
            return Optional.empty();
        }
        tries.remove(tried);
        return login.map(Logins::viewer);
    }

    private static Viewer viewer(ConsoleLogin login) {
        return new Viewer(login.name(), login.views().map(ConsoleLogin.Views::companies)
                .filter(companies -> !companies.isEmpty()), login.views().isEmpty());
    }

    private boolean isPaused(Tried tried) {
        Tries before = tries.get(tried);
        return before != null && before.inVain() >= TRIES_MAX
                && clock.millis() - before.lastMillis() < PAUSE.toMillis();
    }

    private void note(Tried tried) {
        long now = clock.millis();
        tries.values().removeIf(old -> now - old.lastMillis() > PAUSE.toMillis());
        if (tries.size() < TRIED_MAX) {
            tries.merge(tried, new Tries(1, now), (before, first) -> new Tries(before.inVain() + 1, now));
        }
    }
}

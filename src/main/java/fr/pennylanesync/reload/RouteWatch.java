package fr.pennylanesync.reload;

import fr.pennylanesync.hash.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks at the routes directory again and again. Contents decide, never times or events: those miss a ConfigMap's
 * swapped links, network file systems, and saves within one tick of a clock.
 */
public final class RouteWatch {

    /** Says how often {@link #poll} should be called. */
    public static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration QUIET = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path directory;
    private final Settling settling = new Settling(QUIET, PATIENCE);
    private Sha256 handled;

    /** @param inForce what runs now */
    public RouteWatch(Path directory, RouteSnapshot inForce) {
        this.directory = directory;
        this.handled = inForce.fingerprint();
    }

    /** @return the files, once they differ from what was handed out last and have come to rest */
    public Optional<RouteSnapshot> poll() {
        RouteSnapshot now = RouteSnapshot.read(directory);
        Sha256 content = now.fingerprint();
        if (!settling.isSettled(content, System.nanoTime()) || content.equals(handled)) {
            return Optional.empty();
        }
        handled = content;
        return Optional.of(now);
    }

    /** Hands the same files out again, although they do not change any more: they could not be judged now. */
    public void forget() {
        handled = Sha256.ZERO;
    }
}

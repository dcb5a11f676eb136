package fr.pennylanesync.token;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CompanyEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps OAuth access tokens fresh. A refresh token works once, so refreshes of a file are serialised, in this process
 * by a lock and between processes by a lock file, and the new tokens are on the disk before anybody uses them. That the
 * file can be written is tried out before the refresh token is spent.
 *
 * <p>What remains: a crash in the instant between the server's answer and the write loses the new refresh token, and
 * the application must be authorised again. The old one is dead by then; no client can close that gap.
 */
public final class OAuthRefresher implements OAuthTokens, AutoCloseable {

    private static final EventLog LOG = EventLog.of(OAuthRefresher.class);

    /** Refreshed so long before its end; Pennylane's access tokens last a day. */
    static final Duration REFRESH_AHEAD = Duration.ofMinutes(30);
    private static final Duration LAST_USE_BEFORE_END = Duration.ofMinutes(1);

    // One for the whole process: it could not lock a file twice.
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final OAuthServer server;
    private final InstantSource clock;
    private final Map<Path, Unsaved> unsaved = new ConcurrentHashMap<>();
    /** Refresh tokens that were refused: only another one is tried again. */
    private final Map<Path, Secret> dead = new ConcurrentHashMap<>();

    public OAuthRefresher(ApiBase base, HttpSettings settings, InstantSource clock) {
        this.server = new OAuthServer(base, settings);
        this.clock = clock;
    }

    @Override
    public Secret accessToken(Path file, TokenText text) {
        Optional<Secret> fresh = read(file).accessToken(clock.instant(), REFRESH_AHEAD, text);
        return fresh.isPresent() ? fresh.get() : refreshAlone(file, text);
    }

    @Override
    public void close() {
        server.close();
    }

    /** New tokens that could not be written after all, and the refresh token that they replace. */
    private record Unsaved(Secret spent, OAuthFile renewed) {}

    private Secret refreshAlone(Path file, TokenText text) {
        ReentrantLock lock = LOCKS.computeIfAbsent(file, path -> new ReentrantLock());
        lock.lock();
        try (FileChannel channel = lockFile(file); FileLock held = channel.lock()) {
            saveLeftOver(file, text);
            OAuthFile current = read(file);
            Optional<Secret> refreshedMeanwhile = current.accessToken(clock.instant(), REFRESH_AHEAD, text);
            if (refreshedMeanwhile.isPresent() && held.isValid()) {
                return refreshedMeanwhile.get();
            }
            // Proves that the answer can be kept, while the old refresh token still works.
            PrivateFileWriter.write(file, current.text());
            return refresh(file, current, text);
        } catch (IOException notWritable) {
            throw new SyncException(TokenErrorCode.OAUTH_NOT_PERSISTABLE);
        } finally {
            lock.unlock();
        }
    }

    private Secret refresh(Path file, OAuthFile current, TokenText text) {
        Optional<Secret> stillGood = current.accessToken(clock.instant(), LAST_USE_BEFORE_END, text);
        try {
            return spend(file, current, text);
        } catch (SyncException failed) {
            if (failed.retryable()) {
                LOG.log(new CompanyEvent.OauthRefreshDeferred(alias(file), stillGood.isPresent()));
            }
            return stillGood.orElseThrow(() -> failed);
        }
    }

    private Secret spend(Path file, OAuthFile current, TokenText text) {
        Secret refreshToken = current.refreshToken(text);
        if (refreshToken.equals(dead.get(file))) {
            throw new SyncException(TokenErrorCode.OAUTH_REFUSED);
        }
        Instant asked = clock.instant();
        OAuthGrant grant;
        try {
            grant = server.refresh(current.clientId(text), current.clientSecret(text), refreshToken);
        } catch (SyncException failed) {
            if (failed.is(TokenErrorCode.OAUTH_REFUSED)) {
                dead.put(file, refreshToken);
            }
            throw failed;
        }
        OAuthFile renewed = current.renewed(grant.accessToken(), asked.plus(grant.validFor()), grant.refreshToken());
        unsaved.put(file, new Unsaved(refreshToken, renewed));
        saveLeftOver(file, text);
        LOG.log(new CompanyEvent.OauthTokenRefreshed(alias(file), grant.validFor().toSeconds()));
        return grant.accessToken();
    }

    // Written at the next chance, and dropped only when somebody wrote another refresh token meanwhile.
    private void saveLeftOver(Path file, TokenText text) {
        Unsaved waiting = unsaved.get(file);
        if (waiting == null) {
            return;
        }
        try {
            if (read(file).refreshToken(text).equals(waiting.spent())) {
                PrivateFileWriter.write(file, waiting.renewed().text());
            }
            unsaved.remove(file);
        } catch (IOException stillNotWritable) {
            LOG.log(new CompanyEvent.OauthTokenNotSaved(alias(file), TokenErrorCode.OAUTH_NOT_PERSISTABLE.remedy()));
            throw new SyncException(TokenErrorCode.OAUTH_UNAVAILABLE);
        }
    }

    private static String alias(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static OAuthFile read(Path file) {
        return OAuthFile.parse(PrivateFile.read(file, false));
    }

    private static FileChannel lockFile(Path file) throws IOException {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        return OwnerOnly.open(lock);
    }
}

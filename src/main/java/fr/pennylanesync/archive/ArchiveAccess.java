package fr.pennylanesync.archive;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The archive of an installation, opened by whoever first needs it: what touches no file opens nothing, and a bucket that is away is
 * asked for again the next time.
 */
public final class ArchiveAccess implements AutoCloseable {

    private final Settings.Archive settings;
    private final Optional<URI> sandbox;
    private final int downloadsMax;
    private Optional<S3Archive> bucket = Optional.empty();
    private Optional<FileDownload> downloads = Optional.empty();

    /**
     * @param sandbox see {@link FileDownload}
     * @param downloadsMax at the same time
     */
    public ArchiveAccess(Settings.Archive settings, Optional<URI> sandbox, int downloadsMax) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.downloadsMax = downloadsMax;
    }

    /** @throws SyncException if the bucket cannot be used now, or not as configured */
    public synchronized S3Archive bucket() {
        if (bucket.isEmpty()) {
            bucket = Optional.of(S3Archive.open(settings, Clock.systemUTC()));
        }
        return bucket.get();
    }

    /** @throws SyncException if their folder cannot be written */
    public synchronized FileDownload downloads() {
        if (downloads.isEmpty()) {
            downloads = Optional.of(new FileDownload(settings.directory().resolve("downloads"), DownloadLimits.DEFAULT, sandbox, downloadsMax));
        }
        return downloads.get();
    }

    /** Known without opening anything. */
    public String bucketName() {
        return settings.s3().bucket().orElse(EmbeddedS3.BUCKET);
    }

    /** The one client, for those who must be given it before anything is open: its first call opens the archive. */
    public S3Client client() {
        return (S3Client) Proxy.newProxyInstance(S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(method.getDeclaringClass() == Object.class ? this : bucket().client(), arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    @Override
    public synchronized void close() {
        downloads.ifPresent(FileDownload::close);
        bucket.ifPresent(S3Archive::close);
    }
}

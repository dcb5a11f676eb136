package fr.pennylanesync.archive.s3;

import static fr.pennylanesync.archive.s3.ArchiveErrorCode.EMBEDDED_S3_DIRECTORY_UNUSABLE;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.EMBEDDED_S3_START_FAILED;
import static fr.pennylanesync.archive.s3.ArchiveErrorCode.EMBEDDED_S3_STOP_FAILED;

import fr.pennylanesync.disk.OwnerOnly;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.ArchiveEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server of our own over a directory, kept between runs, reachable from this machine only, under a generated key.
 * It knows neither versions nor Object Lock. Each object is a plain file, so several processes may serve the same
 * directory, each at its own port. A request that is not signed with the key is refused before anything is looked up.
 */
public final class EmbeddedS3 implements AutoCloseable {

    /** The one bucket; it is made at start. */
    public static final String BUCKET = "archive";
    public static final String REGION = "us-east-1";

    private static final EventLog LOG = EventLog.of(EmbeddedS3.class);
    private static final String HOST = "127.0.0.1";
    private static final int THREADS_MAX = 32;
    private static final int PORT_MAX = 65_535;
    private static final long OBJECT_SIZE_MAX = 5L * 1024 * 1024 * 1024;

    private final EmbeddedObjects objects;
    private final AccessKey key;
    private final S3Proxy server;
    private final URI endpoint;

    private EmbeddedS3(EmbeddedObjects objects, AccessKey key, S3Proxy server) {
        this.objects = objects;
        this.key = key;
        this.server = server;
        this.endpoint = URI.create("http://" + HOST + ":" + server.getPort());
    }

    /**
     * Starts a server on a directory.
     *
     * @param directory kept between runs; made when missing
     * @param port on 127.0.0.1; 0 takes any free one
     * @throws SyncException with the reason and what to do about it
     */
    public static EmbeddedS3 start(Path directory, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        try {
            EmbeddedObjects objects = EmbeddedObjects.open(directory.toAbsolutePath());
            try {
                return start(objects, AccessKey.readOrCreate(directory.resolve("access-key")), port);
            } catch (IOException | RuntimeException failure) {
                objects.close();
                throw failure;
            }
        } catch (IOException e) {
            throw new SyncException(EMBEDDED_S3_DIRECTORY_UNUSABLE, "the embedded S3 cannot use " + directory + " ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static EmbeddedS3 start(EmbeddedObjects objects, AccessKey key, int port) throws IOException {
        requireAttributes(objects.folder());
        // The server takes a folder that others may read for a bucket that anybody may list.
        OwnerOnly.enclosed(objects.folder().resolve(BUCKET));
        EmbeddedS3 started = new EmbeddedS3(objects, key, launch(objects.folder(), port, key));
        LOG.log(new ArchiveEvent.ArchiveEmbeddedStarted(started.endpoint.getPort()));
        return started;
    }

    /** Metadata of an object is kept in attributes of its file. */
    private static void requireAttributes(Path objects) throws IOException {
        if (!Files.getFileStore(objects).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
            throw new SyncException(EMBEDDED_S3_DIRECTORY_UNUSABLE,
                    "the file system of " + objects + " keeps no extended attributes");
        }
    }

    private static S3Proxy launch(Path objects, int port, AccessKey key) {
        BlobStore store = new FilesystemNio2BlobStore(objects.toString());
        S3Proxy server = S3Proxy.builder().blobStore(new ClosedStore(store))
                .endpoint(URI.create("http://" + HOST + ":" + port))
                .awsAuthentication(AuthenticationType.AWS_V4, key.id(), key.secret().reveal())
                .maxSinglePartObjectSize(OBJECT_SIZE_MAX).jettyMaxThreads(THREADS_MAX).build();
        AccessGrant grant = new AccessGrant(key.secret().reveal(), store);
        server.setBlobStoreLocator((identity, bucket, object) -> key.id().equals(identity) ? grant : null);
        try {
            server.start();
            return server;
        } catch (Exception e) {
            throw new SyncException(EMBEDDED_S3_START_FAILED, "the embedded S3 did not start on port " + port + " ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    public String accessKey() {
        return key.id();
    }

    public Secret secretKey() {
        return key.secret();
    }

    /** Makes a stored object outlast a power failure: the server itself leaves that to the operating system. */
    void makeDurable(String key) {
        try {
            objects.makeDurable(Path.of(BUCKET, key));
        } catch (IOException e) {
            throw new SyncException(EMBEDDED_S3_DIRECTORY_UNUSABLE, "an object could not be flushed to disk ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** Stops the server; its threads would keep the process alive. */
    @Override
    public void close() {
        try {
            server.stop();
            objects.close();
            LOG.log(new ArchiveEvent.ArchiveEmbeddedClosed());
        } catch (Exception e) {
            throw new SyncException(EMBEDDED_S3_STOP_FAILED,
                    "the embedded S3 did not stop (" + e.getClass().getSimpleName() + ")");
        }
    }
}

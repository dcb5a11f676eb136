package fr.pennylanesync.archive;

import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.archive.s3.MultipartUpload;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.archive.s3.Upload;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Puts into an archive as the route does: Camel's own producer, with our client, or our own step where parts are
 * needed.
 */
public final class RoutePut implements AutoCloseable {

    private final ArchiveAccess access;
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ProducerTemplate producer;
    private final String endpoint;

    public RoutePut(Settings.Archive settings, Clock clock, long partSize) {
        access = new ArchiveAccess(settings, Optional.empty(), 1, clock, partSize);
        context.getRegistry().bind("archiveClient", access.client());
        context.getComponent("aws2-s3", AWS2S3Component.class).getConfiguration().setFileName("none");
        context.start();
        producer = context.createProducerTemplate();
        endpoint = "aws2-s3:" + access.bucketName() + "?amazonS3Client=#archiveClient&conditionalWritesEnabled=true";
    }

    public static RoutePut into(Path directory) {
        return new RoutePut(TestFiles.embedded(directory), Clock.systemUTC(), MultipartUpload.PART_SIZE);
    }

    public S3Archive archive() {
        return access.bucket();
    }

    /** @return whether it was stored just now */
    public boolean put(Upload upload) {
        return archive().needsParts(upload) ? archive().putInParts(upload) : putWhole(upload);
    }

    private boolean putWhole(Upload upload) {
        Map<String, Object> headers = Map.of(AWS2S3Constants.KEY, upload.key().text(),
                AWS2S3Constants.METADATA, upload.metadata(), AWS2S3Constants.CONTENT_TYPE, upload.contentType());
        return sent(producer.send(endpoint, exchange -> {
            exchange.getMessage().setHeaders(new HashMap<>(headers));
            exchange.getMessage().setBody(upload.body());
        }));
    }

    private static boolean sent(Exchange exchange) {
        if (exchange.getException() instanceof SyncException there && there.is(ArchiveErrorCode.ALREADY_STORED)) {
            return false;
        }
        if (exchange.getException() instanceof RuntimeException failure) {
            throw failure;
        }
        return true;
    }

    @Override
    public void close() {
        context.stop();
        access.close();
    }
}

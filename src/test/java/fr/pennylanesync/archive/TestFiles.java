package fr.pennylanesync.archive;

import fr.pennylanesync.archive.s3.EmbeddedS3;
import fr.pennylanesync.archive.s3.ObjectKey;
import fr.pennylanesync.archive.s3.Upload;
import fr.pennylanesync.hash.Sha256;
import fr.pennylanesync.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** Contents and settings that several tests need. */
public final class TestFiles {

    static final long COMPANY = 9_007_199_254_740_993L;

    private TestFiles() {}

    public static byte[] pdf(int number) {
        try (PDDocument document = new PDDocument(); ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            document.addPage(new PDPage());
            document.getDocumentInformation().setTitle("number " + number);
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] random(int size, long seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    public static Upload upload(Path directory, long recordId, byte[] content) {
        try {
            Path file = Files.write(Files.createTempFile(directory, "upload", ".tmp"), content);
            ObjectKey key = new ObjectKey("", COMPANY, "customer_invoices", 2026, recordId, Sha256.of(content), "pdf");
            return new Upload(key, file, content.length, "application/pdf", Map.of("company", Long.toString(COMPANY)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Settings.Archive embedded(Path directory) {
        return new Settings.Archive(
                new Settings.S3(Optional.empty(), "eu-west-3", Optional.empty(), Optional.empty(), false, ""),
                directory, Optional.empty());
    }

    /** The server of another as one's own, configured one. */
    public static Settings.Archive configured(EmbeddedS3 server, Path directory, String bucket,
            Optional<Period> retention) {
        Settings.Credentials credentials = new Settings.Credentials(server.accessKey(), server.secretKey());
        return new Settings.Archive(new Settings.S3(Optional.of(server.endpoint()), "eu-west-3", Optional.of(bucket),
                Optional.of(credentials), true, ""), directory, retention);
    }
}

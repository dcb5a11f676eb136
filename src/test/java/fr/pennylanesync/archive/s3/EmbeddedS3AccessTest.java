package fr.pennylanesync.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Whoever is on this machine and has no key learns nothing of the archive, and changes nothing. */
class EmbeddedS3AccessTest {

    private static final String KEY = "51017/invoice-of-somebody.pdf";
    private static final String CONTENT = "what nobody else may read";

    @TempDir
    static Path home;

    private static Path directory;
    private static EmbeddedS3 server;

    @BeforeAll
    static void start() throws IOException {
        directory = home.resolve("data/archive");
        Files.createDirectories(directory.resolve("objects/archive"));
        open("data/archive/objects");
        open("data/archive/objects/archive");
        server = EmbeddedS3.start(directory, 0);
        try (S3Client client = S3Clients.of(server)) {
            client.putObject(put -> put.bucket(EmbeddedS3.BUCKET).key(KEY), RequestBody.fromString(CONTENT));
        }
    }

    private static void open(String folder) throws IOException {
        Files.setPosixFilePermissions(home.resolve(folder), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatHasTheBooksIsClosedToOthersEvenIfItWasOpen() throws IOException {
        assertThat(modes("objects")).isEqualTo("rwx------");
        assertThat(modes("objects/archive")).isEqualTo("rwx------");
        assertThat(modes("users.lock")).isEqualTo("rw-------");
        assertThat(modes("access-key")).isEqualTo("rw-------");
        Path made = home.resolve("new/archive");
        EmbeddedS3.start(made, 0).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
    }

    /** Even where somebody opens the folders while the server runs. */
    @ParameterizedTest
    @CsvSource({"GET,/", "GET,/archive", "GET,/archive?list-type=2", "GET,/archive?acl", "HEAD,/archive",
            "GET,/archive/" + KEY, "HEAD,/archive/" + KEY, "PUT,/archive/planted", "DELETE,/archive/" + KEY,
            "POST,/archive?delete", "GET,/archive/" + KEY + "?X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "GET,/archive/" + KEY + "?AWSAccessKeyId=guess&Signature=guess&Expires=9999999999"})
    void aRequestWithoutSignatureIsRefused(String method, String path) throws Exception {
        open("data/archive/objects");
        open("data/archive/objects/archive");
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                        .method(method, BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isBetween(400, 403);
        assertThat(answer.body()).doesNotContain(CONTENT, "<Key>" + KEY, "<Name>archive");
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(directory.resolve("objects/archive/" + KEY)).hasContent(CONTENT);
        assertThat(directory.resolve("objects/archive/planted")).doesNotExist();
    }

    private static String modes(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }
}

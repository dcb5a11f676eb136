package fr.pennylanesync.archive.download;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.archive.FileHost;
import fr.pennylanesync.archive.TestFiles;
import fr.pennylanesync.archive.download.DownloadOutcome.Damaged;
import fr.pennylanesync.archive.download.DownloadOutcome.DownloadRefused;
import fr.pennylanesync.archive.download.DownloadOutcome.DownloadUnavailable;
import fr.pennylanesync.archive.download.DownloadOutcome.Fetched;
import fr.pennylanesync.archive.download.DownloadOutcome.Received;
import fr.pennylanesync.archive.download.DownloadOutcome.Stale;
import fr.pennylanesync.archive.download.DownloadOutcome.Suspect;
import fr.pennylanesync.archive.download.DownloadOutcome.TooLarge;
import fr.pennylanesync.archive.parser.HostileFiles;
import fr.pennylanesync.archive.parser.ParserLimits;
import fr.pennylanesync.archive.parser.Parsers;
import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be fetched and what may not, over real connections to a server that misbehaves on demand. */
class FileDownloadTest {

    private static final byte[] PDF = TestFiles.pdf(1);
    private static final Optional<String> NAME = Optional.of("Facture.PDF");

    @TempDir
    Path folder;
    private FileHost host;
    private FileDownload download;
    private Parsers parsers;

    @BeforeEach
    void open() throws IOException {
        host = new FileHost();
        download = new FileDownload(folder, new DownloadLimits(1_000_000, Duration.ofSeconds(2), Duration.ofSeconds(1),
                Duration.ofMillis(500)), Optional.of(host.base()), 4);
        parsers = new Parsers(folder, ParserLimits.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        parsers.close();
        download.close();
        host.close();
    }

    @Test
    void aFileIsFetchedHashedAndNamedByItsContent() throws Exception {
        host.file("/f", PDF, "Content-Type: text/plain");
        Fetched fetched = (Fetched) fetch(host.at("/f?encrypted_id=x"), NAME);
        assertThat(fetched.hash()).isEqualTo(Sha256.of(PDF));
        assertThat(fetched.size()).isEqualTo(PDF.length);
        assertThat(fetched.contentType()).isEqualTo("application/pdf");
        assertThat(fetched.extension()).isEqualTo("pdf");
        assertThat(fetched.strict()).isTrue();
        assertThat(fetched.file()).hasBinaryContent(PDF).hasParent(folder);
        fetched.discard();
        assertNothingLeft();
    }

    @Test
    void noTokenNoCookieAndNoReferrerIsSent() {
        host.file("/f", PDF, "Set-Cookie: session=1");
        fetch(host.at("/f"), NAME);
        fetch(host.at("/f"), NAME);
        assertThat(host.requestHeads()).hasSize(2).allSatisfy(head -> assertThat(head.toLowerCase())
                .doesNotContain("authorization").doesNotContain("cookie").doesNotContain("referer"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void aUrlThatIsNoLongerGoodIsStale(int status) {
        host.status("/f", status);
        assertThat(fetch(host.at("/f"), NAME)).isInstanceOf(Stale.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 204, 206})
    void otherAnswersAreUnavailable(int status) {
        host.status("/f", status);
        assertThat(fetch(host.at("/f"), NAME)).isEqualTo(new DownloadUnavailable(DownloadCode.STATUS_UNEXPECTED));
    }

    @Test
    void aBodyThatEndsEarlyIsDamaged() {
        host.answer("/f", out -> {
            FileHost.head(out, 200, PDF.length + 10);
            out.write(PDF);
        });
        damaged(DownloadCode.TRUNCATED, NAME);
    }

    @Test
    void aFileThatWasCutBeforeItWasSentIsDamaged() {
        host.file("/f", Arrays.copyOf(PDF, PDF.length - 10));
        damaged(DownloadCode.PDF_UNREADABLE, NAME);
    }

    @Test
    void anErrorPageIsNoPdfAndNoAttachmentOfAnyName() {
        host.file("/f", "<!DOCTYPE html><html>Sorry</html>".getBytes(), "Content-Type: application/pdf");
        damaged(DownloadCode.HTML_PAGE, NAME);
        damaged(DownloadCode.HTML_PAGE, Optional.empty());
    }

    @Test
    void anErrorDocumentIsNoFileOfAnyName() {
        host.file("/f", "{\"error\":\"Internal server error\"}".getBytes());
        damaged(DownloadCode.TYPE_DIFFERS, NAME);
        damaged(DownloadCode.TYPE_DIFFERS, Optional.of("journal.csv"));
        damaged(DownloadCode.TYPE_DIFFERS, Optional.empty());
        host.file("/f", "Internal server error".getBytes());
        damaged(DownloadCode.TYPE_DIFFERS, Optional.empty());
    }

    @Test
    void aTypeOtherThanTheNamePromisesIsDamaged() {
        host.file("/f", "<a/>".getBytes());
        damaged(DownloadCode.TYPE_DIFFERS, NAME);
        host.file("/f", new byte[] {'P', 'K', 3, 4, 0, 0});
        damaged(DownloadCode.TYPE_DIFFERS, NAME);
        host.file("/f", "%PDF-1.7 and nothing of it %%EOF".getBytes());
        damaged(DownloadCode.PDF_UNREADABLE, NAME);
    }

    @Test
    void xmlMustBeWellFormedAndFollowsNoEntity() {
        host.file("/f", "<?xml version=\"1.0\"?><Invoice><ID>1</ID></Invoice>".getBytes());
        Fetched fetched = (Fetched) fetch(host.at("/f"), Optional.empty());
        assertThat(fetched.extension()).isEqualTo("xml");
        fetched.discard();
        host.file("/f", "<Invoice><ID>1</ID>".getBytes());
        damaged(DownloadCode.XML_UNREADABLE, Optional.empty());
        host.file("/f", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>".getBytes());
        damaged(DownloadCode.XML_UNREADABLE, Optional.empty());
    }

    @Test
    void imagesArchivesAndUnknownFormatsAreTakenAsWhatTheyAre() throws Exception {
        host.file("/f", bytes("\u0089PNG\r\n\u001a\n....IEND...."));
        assertThat(((Fetched) fetch(host.at("/f"), Optional.of("scan.png"))).extension()).isEqualTo("png");
        host.file("/f", bytes("PK\u0003\u0004......PK\u0005\u0006.................."));
        assertThat(((Fetched) fetch(host.at("/f"), Optional.of("../../etc/note.xlsx"))).extension()).isEqualTo("xlsx");
        host.file("/f", bytes("a;b;c\n1;2;3\n"));
        Fetched text = (Fetched) fetch(host.at("/f"), Optional.of("x.sh"));
        assertThat(text.extension()).isEqualTo("bin");
        assertThat(text.contentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void aDeclaredDigestShowsAFlippedBit() throws Exception {
        byte[] flipped = PDF.clone();
        flipped[PDF.length / 2] ^= 1;
        String md5 = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(PDF));
        host.file("/f", PDF, "Content-MD5: " + md5);
        ((Fetched) fetch(host.at("/f"), NAME)).discard();
        host.file("/f", flipped, "x-goog-hash: crc32c=AAAAAA==,md5=" + md5);
        damaged(DownloadCode.DIGEST_DIFFERS, NAME);
        host.file("/f", flipped,
                "x-amz-checksum-sha256: " + Base64.getEncoder().encodeToString(Sha256.of(PDF).bytes()));
        damaged(DownloadCode.DIGEST_DIFFERS, NAME);
    }

    @Test
    void anEmptyOrCompressedBodyIsDamaged() {
        host.file("/f", new byte[0]);
        damaged(DownloadCode.EMPTY, NAME);
        host.file("/f", PDF, "Content-Encoding: gzip");
        damaged(DownloadCode.ENCODED, NAME);
    }

    @Test
    void anAnnouncedOrUnannouncedGiantIsNotRead() {
        host.answer("/f", out -> FileHost.head(out, 200, 10_000_000_000L));
        assertThat(fetch(host.at("/f"), NAME)).isInstanceOf(TooLarge.class);
        host.answer("/f", out -> {
            FileHost.head(out, 200, -1);
            byte[] block = new byte[100_000];
            for (int i = 0; i < 1_000; i++) {
                out.write(block);
            }
        });
        assertThat(fetch(host.at("/f"), NAME)).isInstanceOf(TooLarge.class);
        assertNothingLeft();
    }

    @Test
    void silenceAndDripsEndAtTheirLimits() {
        host.answer("/f", out -> {
            FileHost.head(out, 200, PDF.length);
            out.flush();
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        });
        assertThat(fetch(host.at("/f"), NAME)).isEqualTo(new DownloadUnavailable(DownloadCode.SILENT));
        host.answer("/f", out -> {
            FileHost.head(out, 200, PDF.length);
            for (byte b : PDF) {
                out.write(b);
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        });
        assertThat(fetch(host.at("/f"), NAME)).isEqualTo(new DownloadUnavailable(DownloadCode.TIME_EXCEEDED));
        assertNothingLeft();
    }

    @Test
    void redirectsAreFollowedThreeTimesAndCheckedEachTime() {
        host.status("/1", 302, "Location: /2").status("/2", 301, "Location: " + host.at("/3"))
                .status("/3", 307, "Location: /f")
                .file("/f", PDF);
        assertThat(fetch(host.at("/1"), NAME)).isInstanceOf(Fetched.class);
        host.status("/0", 302, "Location: /1");
        assertThat(fetch(host.at("/0"), NAME)).isEqualTo(new DownloadRefused(DownloadCode.TOO_MANY_REDIRECTS));
        host.status("/x", 302);
        assertThat(fetch(host.at("/x"), NAME)).isEqualTo(new DownloadRefused(DownloadCode.URL_UNSAFE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.org/f", "ftp://example.org/f", "file:///etc/passwd", "http://127.0.0.1:1/f",
            "http://localhost:1/f"})
    void anotherSchemeOrHostIsRefusedDirectlyAndBehindARedirect(String target) {
        assertThat(fetch(URI.create(target), NAME)).isInstanceOf(DownloadRefused.class);
        host.status("/r", 302, "Location: " + target);
        assertThat(fetch(host.at("/r"), NAME)).isInstanceOf(DownloadRefused.class);
    }

    @Test
    void onlyPennylanesOwnPlainLinksAreAskedForOverHttps() {
        assertThat(DownloadClients.overHttps(URI.create("http://www.pennylane.com/rails/blobs/x==--1/f%20n.pdf?a=%2B")))
                .hasToString("https://www.pennylane.com/rails/blobs/x==--1/f%20n.pdf?a=%2B");
        for (String others : List.of("http://pennylane.com.example.org/f", "http://notpennylane.com/f",
                "http://www.pennylane.com:8080/f",
                "http://user@pennylane.com/f", "https://www.pennylane.com/f")) {
            assertThat(DownloadClients.overHttps(URI.create(others))).hasToString(others);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/f", "https://localhost/f", "https://10.1.2.3/f",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/f", "https://[::ffff:127.0.0.1]/f", "https://[fd00::1]/f", "https://2130706433/f",
            "https://192.168.1.1:8443/f"})
    void addressesThatAreNotPublicAreRefusedDirectlyAndBehindARedirect(String target) {
        DownloadRefused refused = new DownloadRefused(DownloadCode.ADDRESS_NOT_PUBLIC);
        assertThat(fetch(URI.create(target), NAME)).isEqualTo(refused);
        host.status("/r", 302, "Location: " + target);
        assertThat(fetch(host.at("/r"), NAME)).isEqualTo(refused);
    }

    @Test
    void aLoginInTheUrlIsRefused() {
        assertThat(fetch(URI.create("https://user:secret@example.org/f"), NAME))
                .isEqualTo(new DownloadRefused(DownloadCode.URL_UNSAFE));
    }

    @Test
    void aPortThatThereIsNotIsRefusedDirectlyAndBehindARedirect() {
        DownloadRefused refused = new DownloadRefused(DownloadCode.URL_UNSAFE);
        for (String target : List.of("https://example.org:70000/f", "http://www.pennylane.com:99999/f")) {
            assertThat(fetch(URI.create(target), NAME)).isEqualTo(refused);
            host.status("/r", 302, "Location: " + target);
            assertThat(fetch(host.at("/r"), NAME)).isEqualTo(refused);
        }
    }

    @Test
    void noOutcomeKeepsItsConnection() {
        host.answer("/giant", out -> FileHost.head(out, 200, 10_000_000_000L)).status("/gone", 410)
                .file("/html", "<html>".getBytes())
                .file("/f", PDF);
        for (int i = 0; i < 10; i++) {
            Stream.of("/giant", "/gone", "/html").forEach(path -> fetch(host.at(path), NAME));
        }
        assertThat(fetch(host.at("/f"), NAME)).isInstanceOf(Fetched.class);
    }

    @Test
    void nobodyThereIsUnavailable() throws Exception {
        URI gone = host.at("/f");
        host.close();
        assertThat(fetch(gone, NAME)).isEqualTo(new DownloadUnavailable(DownloadCode.NO_CONNECTION));
        assertThat(fetch(URI.create("https://no-such-host.invalid/f"), NAME))
                .isEqualTo(new DownloadUnavailable(DownloadCode.HOST_UNKNOWN));
    }

    @Test
    void anEndlessHeaderLineEndsTheAnswerAndNothingElse() {
        host.answer("/line", out -> {
            out.write("HTTP/1.1 200 OK\r\nX-Endless: ".getBytes());
            endless(out, "xxxxxxxx");
        }).answer("/lines", out -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes());
            endless(out, "X-Many: 1\r\n");
        }).file("/f", PDF);
        for (String path : List.of("/line", "/lines")) {
            assertThat(fetch(host.at(path), NAME)).as(path)
                    .isEqualTo(new DownloadUnavailable(DownloadCode.HEADERS_TOO_LARGE));
        }
        assertThat(fetch(host.at("/f"), NAME)).isInstanceOf(Fetched.class);
    }

    /** Until the client hangs up. */
    private static void endless(OutputStream out, String text) throws IOException {
        byte[] block = text.repeat(8192).getBytes();
        while (true) {
            out.write(block);
        }
    }

    @Test
    void aFileThatExhaustsItsParserIsSuspect() throws IOException {
        byte[] bomb = Files.readAllBytes(HostileFiles.crossReferences(folder.resolve("bomb"), 192));
        Files.delete(folder.resolve("bomb"));
        host.file("/f", bomb);
        assertThat(fetch(host.at("/f"), NAME)).isEqualTo(new Suspect(DownloadCode.SUSPECT));
        assertNothingLeft();
    }

    /** As the archive does it: received, then looked at. */
    private DownloadOutcome fetch(URI url, Optional<String> name) {
        DownloadOutcome outcome = download.fetch(url);
        return outcome instanceof Received file ? new ContentCheck(parsers).check(file, name) : outcome;
    }

    private void damaged(DownloadCode code, Optional<String> name) {
        assertThat(fetch(host.at("/f"), name)).isEqualTo(new Damaged(code));
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }
}

package fr.pennylanesync.archive.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.archive.TestFiles;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that exhaust whoever opens them exhaust a process that is there for it, and the next file is parsed as ever.
 * {@code -Dhostile.megabytes=2048} for larger ones than the 128 MB of the build.
 */
class ParsersTest {

    private static final int MEGABYTES = Integer.getInteger("hostile.megabytes", 128);
    private static final ParserLimits SMALL =
            new ParserLimits(1, 64L << 20, Duration.ofSeconds(20), Duration.ofMinutes(1));

    @TempDir
    Path folder;
    private Parsers parsers;

    @AfterEach
    void close() {
        parsers.close();
    }

    @Test
    void aFileThatExhaustsItsParserIsSuspectAndTheNextOneIsParsed() throws IOException {
        open(SMALL);
        assertSuspect(HostileFiles.crossReferences(file("references.pdf"), MEGABYTES), FileFormat.PDF);
        assertSuspect(HostileFiles.objectStream(file("objects.pdf"), MEGABYTES), FileFormat.PDF);
        assertSuspect(HostileFiles.comment(file("comment.xml"), 50), FileFormat.XML);
        assertSuspect(HostileFiles.deep(file("deep.xml"), 4_000_000), FileFormat.XML);
    }

    private void assertSuspect(Path file, FileFormat format) throws IOException {
        assertThat(parsers.parse(file, format)).as("%s", file.getFileName()).isEmpty();
        Path good = Files.write(file("good.pdf"), TestFiles.pdf(1));
        assertThat(parsers.parse(good, FileFormat.PDF)).contains(ParserVerdict.STRICT);
    }

    @Test
    void aFileThatTakesTooLongIsSuspect() throws IOException {
        open(new ParserLimits(1, 128L << 20, Duration.ofMillis(50), Duration.ofMinutes(1)));
        assertThat(parsers.parse(HostileFiles.emptyObjects(file("empty.pdf"), 100_000), FileFormat.PDF)).isEmpty();
    }

    @Test
    void aParserThatDiedBetweenTwoFilesIsReplaced() throws IOException {
        open(SMALL);
        Path xml = Files.writeString(file("f.xml"), "<a><b/></a>");
        assertThat(parsers.parse(xml, FileFormat.XML)).contains(ParserVerdict.STRICT);
        ProcessHandle.current().children().filter(ParsersTest::parses).forEach(ProcessHandle::destroyForcibly);
        assertThat(parsers.parse(xml, FileFormat.XML)).contains(ParserVerdict.STRICT);
    }

    @Test
    void aParserThatHasEndedBeforeTheNextFileIsReplaced() throws IOException {
        open(SMALL);
        Path pdf = Files.write(file("f.pdf"), TestFiles.pdf(1));
        assertThat(parsers.parse(pdf, FileFormat.PDF)).contains(ParserVerdict.STRICT);
        ProcessHandle.current().children().filter(ParsersTest::parses).peek(ProcessHandle::destroyForcibly)
                .map(ProcessHandle::onExit).forEach(CompletableFuture::join);
        assertThat(parsers.parse(pdf, FileFormat.PDF)).contains(ParserVerdict.STRICT);
    }

    private static boolean parses(ProcessHandle process) {
        return process.info().arguments().filter(all -> List.of(all).contains(ParserMain.class.getName())).isPresent();
    }

    @Test
    void aBrokenFileIsUnreadable() throws IOException {
        open(SMALL);
        assertThat(parsers.parse(Files.writeString(file("f.xml"), "<a><b></a>"), FileFormat.XML))
                .contains(ParserVerdict.UNREADABLE);
        assertThat(parsers.parse(Files.writeString(file("f.pdf"), "%PDF-1.4 %%EOF"), FileFormat.PDF))
                .contains(ParserVerdict.UNREADABLE);
    }

    @Test
    void aParserThatCannotStartIsNoFaultOfTheFile() throws IOException {
        open(new ParserLimits(1, 1, Duration.ofSeconds(20), Duration.ofMinutes(1)));
        Path xml = Files.writeString(file("f.xml"), "<a/>");
        assertThatThrownBy(() -> parsers.parse(xml, FileFormat.XML)).isInstanceOfSatisfying(SyncException.class,
                failure -> assertThat(failure.code()).isEqualTo(ArchiveErrorCode.PARSER_NOT_STARTED));
    }

    @Test
    void aParserHasNoNetwork() throws Exception {
        open(SMALL);
        for (String kind : List.of("socket", "channel", "server", "datagram")) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-D" + NoSockets.PROPERTY + "=" + NoSockets.class.getName(), "-cp",
                    System.getProperty("java.class.path"), SocketOpener.class.getName(), kind)
                    .redirectError(Redirect.DISCARD).start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(kind).isEqualTo(SocketOpener.REFUSED);
        }
    }

    private void open(ParserLimits limits) {
        parsers = new Parsers(folder, limits);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}

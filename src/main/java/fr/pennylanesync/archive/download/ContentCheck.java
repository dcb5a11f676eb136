package fr.pennylanesync.archive.download;

import fr.pennylanesync.archive.download.DownloadOutcome.Received;
import fr.pennylanesync.archive.parser.FileFormat;
import fr.pennylanesync.archive.parser.ParserVerdict;
import fr.pennylanesync.archive.parser.Parsers;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks whether a downloaded file is what its name says, and whole. Here only its first and last bytes are looked at;
 * what has to be parsed is, elsewhere. Nothing is unpacked and no entity is followed.
 */
public final class ContentCheck {

    private static final int TAIL_BYTES = 2048;
    private static final int ZIP_TAIL_BYTES = 66 * 1024;

    private final Parsers parsers;

    /** @param parsers for the folder of the downloads */
    public ContentCheck(Parsers parsers) {
        this.parsers = parsers;
    }

    /** Says what a check found: the kind, or why the file is not accepted. */
    private record ContentFinding(ContentKind kind, Optional<DownloadCode> fault, boolean strict) {

        private static ContentFinding of(ContentKind kind, boolean holds, DownloadCode fault) {
            return new ContentFinding(kind, holds ? Optional.empty() : Optional.of(fault), true);
        }
    }

    /**
     * Looks at a download. One that is not accepted is deleted.
     *
     * @param name the file's name, which promises a type; it becomes part of nothing
     * @throws SyncException if the local disk does not give the file back
     */
    public DownloadOutcome check(Received file, Optional<String> name) {
        Optional<String> extension = name.flatMap(ContentKind::extensionOf);
        try {
            ContentFinding finding = check(file.file(), extension);
            if (finding.fault().isPresent()) {
                file.discard();
                return refused(finding.fault().get());
            }
            return new DownloadOutcome.Fetched(file.file(), file.size(), file.hash(), finding.kind().contentType(),
                    finding.kind().extension(extension), finding.strict());
        } catch (IOException e) {
            throw new SyncException(ArchiveErrorCode.LOCAL_DISK_FAILED,
                    "a download cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static DownloadOutcome refused(DownloadCode fault) {
        return fault == DownloadCode.SUSPECT ? new DownloadOutcome.Suspect(fault) : new DownloadOutcome.Damaged(fault);
    }

    /**
     * An answer that tells of an error is never taken for a file, whatever the name; without a name, nothing is that is
     * of no known kind.
     *
     * @param extension of the file's name, if it has a name with one
     */
    private ContentFinding check(Path file, Optional<String> extension) throws IOException {
        Optional<ContentKind> promised = ContentKind.promisedBy(extension);
        ContentKind kind = ContentKind.of(beginning(file));
        boolean asPromised = promised.filter(kind::equals).isPresent();
        if (kind == ContentKind.HTML && !asPromised) {
            return ContentFinding.of(kind, false, DownloadCode.HTML_PAGE);
        }
        boolean unexplained = extension.isEmpty() && kind == ContentKind.OTHER;
        if (unexplained || !asPromised && (promised.isPresent() || kind == ContentKind.JSON)) {
            return ContentFinding.of(kind, false, DownloadCode.TYPE_DIFFERS);
        }
        return switch (kind) {
            case PDF -> pdf(file);
            case XML -> parsed(file, kind, FileFormat.XML, DownloadCode.XML_UNREADABLE);
            case PNG -> ContentFinding.of(kind, tail(file, TAIL_BYTES).contains("IEND"), DownloadCode.IMAGE_UNREADABLE);
            case JPEG -> ContentFinding.of(kind, tail(file, TAIL_BYTES).contains("\u00ff\u00d9"),
                    DownloadCode.IMAGE_UNREADABLE);
            case ZIP -> ContentFinding.of(kind, tail(file, ZIP_TAIL_BYTES).contains("PK\u0005\u0006"),
                    DownloadCode.ZIP_UNREADABLE);
            case GIF, TIFF, COMPOUND, HTML, JSON, OTHER -> new ContentFinding(kind, Optional.empty(), true);
        };
    }

    /** PDFBox alone accepts files that lost their end; every reader wants the end mark in the last kilobyte. */
    private ContentFinding pdf(Path file) throws IOException {
        if (!tail(file, TAIL_BYTES).contains("%%EOF")) {
            return ContentFinding.of(ContentKind.PDF, false, DownloadCode.PDF_UNREADABLE);
        }
        return parsed(file, ContentKind.PDF, FileFormat.PDF, DownloadCode.PDF_UNREADABLE);
    }

    private ContentFinding parsed(Path file, ContentKind kind, FileFormat format, DownloadCode unreadable) {
        Optional<ParserVerdict> verdict = parsers.parse(file, format);
        if (verdict.isEmpty()) {
            return ContentFinding.of(kind, false, DownloadCode.SUSPECT);
        }
        Optional<DownloadCode> fault = verdict.filter(ParserVerdict.UNREADABLE::equals).map(found -> unreadable);
        return new ContentFinding(kind, fault, verdict.get() == ParserVerdict.STRICT);
    }

    private static byte[] beginning(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(ContentKind.BEGINNING_BYTES);
        }
    }

    private static String tail(Path file, int bytes) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(bytes, content.length())];
            content.seek(content.length() - tail.length);
            content.readFully(tail);
            return new String(tail, StandardCharsets.ISO_8859_1);
        }
    }
}

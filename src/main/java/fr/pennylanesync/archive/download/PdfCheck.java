package fr.pennylanesync.archive.download;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Opens a PDF the way a reader would. A document with a password counts as one that opens. */
final class PdfCheck {

    private PdfCheck() {}

    static boolean opens(Path file) {
        return parses(file, true);
    }

    /** Tells whether a PDF also opens without repair: that is worth knowing, no reason to refuse it. */
    static boolean opensStrictly(Path file) {
        return parses(file, false);
    }

    private static boolean parses(Path file, boolean lenient) {
        try (RandomAccessRead content = new RandomAccessReadBufferedFile(file);
                PDDocument document = new PDFParser(content, "", null, null, IOUtils.createTempFileOnlyStreamCache())
                        .parse(lenient)) {
            return document.getNumberOfPages() > 0;
        } catch (InvalidPasswordException closedToUs) {
            return true;
        } catch (IOException | RuntimeException | StackOverflowError unreadable) {
            return false;
        }
    }
}

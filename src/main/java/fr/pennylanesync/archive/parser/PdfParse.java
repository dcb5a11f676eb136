package fr.pennylanesync.archive.parser;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Opens a PDF the way a reader would. A document with a password counts as one that opens. */
final class PdfParse {

    private PdfParse() {}

    /** Tells whether a file opens only with repair: that is worth knowing, and no reason to refuse it. */
    static ParserVerdict of(Path file) {
        if (!opens(file, true)) {
            return ParserVerdict.UNREADABLE;
        }
        return opens(file, false) ? ParserVerdict.STRICT : ParserVerdict.REPAIRED;
    }

    private static boolean opens(Path file, boolean lenient) {
        try (RandomAccessRead content = new RandomAccessReadBufferedFile(file);
                PDDocument document = new PDFParser(content, "", null, null, IOUtils.createMemoryOnlyStreamCache())
                        .parse(lenient)) {
            return document.getNumberOfPages() > 0;
        } catch (InvalidPasswordException closedToUs) {
            return true;
        } catch (IOException | RuntimeException | StackOverflowError unreadable) {
            return false;
        }
    }
}

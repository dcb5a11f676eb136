package fr.pennylanesync.archive.parser;

import java.io.IOException;
import java.nio.file.Path;

/** The formats that have to be parsed to be known as whole. */
public enum FileFormat {
    PDF {
        @Override
        ParserVerdict parse(Path file) {
            return PdfParse.of(file);
        }
    },
    XML {
        @Override
        ParserVerdict parse(Path file) throws IOException {
            return XmlParse.of(file);
        }
    };

    /** Parses a file here and now: only the parser process may. */
    abstract ParserVerdict parse(Path file) throws IOException;
}

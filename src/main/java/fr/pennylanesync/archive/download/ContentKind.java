package fr.pennylanesync.archive.download;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names what a file really is, by its first bytes; its name only chooses among formats that share them. */
enum ContentKind {
    PDF("application/pdf", "pdf"),
    XML("application/xml", "xml"),
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg", "jpeg"),
    GIF("image/gif", "gif"),
    TIFF("image/tiff", "tif", "tiff"),
    ZIP("application/zip", "zip", "xlsx", "docx", "pptx", "ods", "odt"),
    /** The format of older office programs. */
    COMPOUND("application/x-ole-storage", "xls", "doc", "msg"),
    HTML("text/html", "html", "htm"),
    /** Is how services say that something went wrong. */
    JSON("application/json", "json"),
    /** No known beginning: text, mail, a format of its own. */
    OTHER("application/octet-stream", "bin", "csv", "txt", "eml");

    /** Bounds where the signature of a PDF may stand, by the habit of its readers. */
    static final int BEGINNING_BYTES = 1024;

    private final String contentType;
    private final List<String> extensions;

    ContentKind(String contentType, String... extensions) {
        this.contentType = contentType;
        this.extensions = List.of(extensions);
    }

    String contentType() {
        return contentType;
    }

    /** The extension of an object of this kind: the file's own where it is one of the kind's, else the kind's first. */
    String extension(Optional<String> named) {
        return named.filter(extensions::contains).orElse(extensions.get(0));
    }

    /** The kind that a file name promises; empty where its extension promises nothing. */
    static Optional<ContentKind> promisedBy(Optional<String> extension) {
        return extension.flatMap(named -> Arrays.stream(values())
                .filter(kind -> kind != OTHER && kind.extensions.contains(named)).findFirst());
    }

    /** The extension of a name in lower case. */
    static Optional<String> extensionOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(name.substring(dot + 1).strip().toLowerCase(Locale.ROOT));
    }

    /** @param beginning the first bytes, up to {@link #BEGINNING_BYTES} */
    static ContentKind of(byte[] beginning) {
        String latin = new String(beginning, StandardCharsets.ISO_8859_1);
        if (latin.contains("%PDF-")) {
            return PDF;
        }
        if (latin.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (latin.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (latin.startsWith("GIF8")) {
            return GIF;
        }
        if (latin.startsWith("II*\0") || latin.startsWith("MM\0*")) {
            return TIFF;
        }
        if (latin.startsWith("PK\u0003\u0004") || latin.startsWith("PK\u0005\u0006")) {
            return ZIP;
        }
        return latin.startsWith("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1") ? COMPOUND
                : markup(beginning, latin);
    }

    private static ContentKind markup(byte[] beginning, String latin) {
        boolean wide = latin.startsWith("\u00fe\u00ff") || latin.startsWith("\u00ff\u00fe");
        String text =
                (wide ? new String(beginning, StandardCharsets.UTF_16) : latin.replaceFirst("^\u00ef\u00bb\u00bf", ""))
                        .stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.contains("<html") || text.startsWith("<head")
                || text.startsWith("<body")) {
            return HTML;
        }
        if (text.startsWith("{")) {
            return JSON;
        }
        return text.startsWith("<") ? XML : OTHER;
    }
}

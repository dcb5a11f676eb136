package fr.pennylanesync.archive.parser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Files that are small to send and large to open. */
public final class HostileFiles {

    private static final String PAGES = """
            %PDF-1.5
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
            3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>> endobj
            """;
    private static final int MEGABYTE = 1 << 20;

    private HostileFiles() {}

    /** A PDF whose cross-reference stream unpacks to so many megabytes of zeros. */
    public static Path crossReferences(Path file, int megabytes) throws IOException {
        return bomb(file, "/Type/XRef/W[1 2 1]/Size 5/Root 1 0 R", megabytes, PAGES.length());
    }

    /** A PDF without cross-references, so that a reader looks into its object stream, which unpacks to zeros. */
    public static Path objectStream(Path file, int megabytes) throws IOException {
        return bomb(file, "/Type/ObjStm/N 100/First 900", megabytes, 0);
    }

    private static Path bomb(Path file, String type, int megabytes, int crossReferences) throws IOException {
        byte[] packed = zeros(megabytes);
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, PAGES + "4 0 obj <<" + type + "/Filter/FlateDecode/Length " + packed.length + ">> stream\n");
            out.write(packed);
            write(out, "\nendstream endobj\nstartxref\n" + crossReferences + "\n%%EOF\n");
        }
        return file;
    }

    private static byte[] zeros(int megabytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, fast)) {
            byte[] zeros = new byte[MEGABYTE];
            for (int i = 0; i < megabytes; i++) {
                out.write(zeros);
            }
        } finally {
            fast.end();
        }
        return packed.toByteArray();
    }

    /** A PDF of so many objects that hold nothing, without cross-references. */
    public static Path emptyObjects(Path file, int count) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            StringBuilder objects = new StringBuilder(PAGES);
            for (int i = 4; i < count; i++) {
                objects.append(i).append(" 0 obj<<>>endobj\n");
            }
            write(out, objects.append("trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n").toString());
        }
        return file;
    }

    /** An XML document with one long comment. */
    public static Path comment(Path file, int megabytes) throws IOException {
        byte[] text = new byte[MEGABYTE];
        Arrays.fill(text, (byte) 'x');
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out, "<?xml version=\"1.0\"?><a><!--");
            for (int i = 0; i < megabytes; i++) {
                out.write(text);
            }
            write(out, "--></a>");
        }
        return file;
    }

    /** An XML document of elements within elements. */
    public static Path deep(Path file, int depth) throws IOException {
        return Files.writeString(file, "<?xml version=\"1.0\"?>" + "<a>".repeat(depth) + "</a>".repeat(depth));
    }

    private static void write(OutputStream out, String latin) throws IOException {
        out.write(latin.getBytes(StandardCharsets.ISO_8859_1));
    }
}

package fr.pennylanesync.archive.parser;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.pennylanesync.fuzz.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.slf4j.LoggerFactory;

/** Whatever a document is made of, its parser has a verdict: a process that ends instead costs half a second. */
public class ParsesFuzzTest {

    private static final Mutations DOCUMENTS = new Mutations(List.of(pdf(),
            bytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"c\"><!-- d --><e>&amp;&#233;</e></a>"),
            bytes("<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>")),
            List.of(bytes("<!DOCTYPE a [<!ENTITY b \"c\">]>"), bytes("&b;"), bytes("&#x110000;"), bytes("]]>"),
                    bytes("encoding=\"x\""), bytes("endobj"), bytes("/Kids [1 0 R]"), bytes("startxref\n0"),
                    bytes("<<"),
                    bytes("%%EOF"), bytes("99999999999 0 R"), bytes("stream\n"), bytes("/Length -1"),
                    bytes("/Encrypt 1 0 R")));

    static {
        // It says of each document what is wrong with it.
        ((Logger) LoggerFactory.getLogger("org.apache.pdfbox")).setLevel(Level.OFF);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pdf() {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 200)
    void aDocumentHasAVerdict(@ForAll("documents") byte[] document) throws IOException {
        fuzzerTestOneInput(document);
    }

    @Provide
    Arbitrary<byte[]> documents() {
        return DOCUMENTS.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] document) throws IOException {
        Path file = Files.createTempFile("fuzz", ".bin");
        try {
            Files.write(file, document);
            for (FileFormat format : FileFormat.values()) {
                assertThat(format.parse(file)).isNotNull();
            }
        } finally {
            Files.delete(file);
        }
    }
}

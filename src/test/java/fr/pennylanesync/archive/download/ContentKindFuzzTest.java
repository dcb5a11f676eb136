package fr.pennylanesync.archive.download;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.fuzz.Mutations;
import fr.pennylanesync.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** Whatever arrives under whatever name, it has one kind, and its extension is one of ours or none. */
public class ContentKindFuzzTest {

    private static final Mutations FILES = Mutations.of(
            List.of("%PDF-1.7\n", "\u0089PNG\r\n", "<?xml version=\"1.0\"?><a/>", "<!DOCTYPE html><html>",
                    "{\"error\":1}",
                    "PK\u0003\u0004", "invoice.PDF", "a.tar.gz", "md5=XUFAKrxLKna5cZ2REBfFkg==", ""),
            "%PDF-", "<html", "<", "{", "\ufeff", ".", "..", "/", "\u0130", "\u0000", "=", "md5=", ",");

    @Property(tries = 500)
    void everythingHasOneKind(@ForAll("files") byte[] file) {
        fuzzerTestOneInput(file);
    }

    @Provide
    Arbitrary<byte[]> files() {
        return FILES.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] file) {
        ContentKind kind = ContentKind.of(file);
        String text = new String(file, StandardCharsets.UTF_8);
        Optional<String> named = ContentKind.extensionOf(text);
        assertThat(kind.extension(named)).matches("[a-z0-9]{2,4}");
        ContentKind.promisedBy(named).ifPresent(promised -> assertThat(promised).isNotEqualTo(ContentKind.OTHER));
        BasicClassicHttpResponse answer = new BasicClassicHttpResponse(200);
        answer.addHeader("Content-MD5", text);
        answer.addHeader("x-goog-hash", text);
        answer.addHeader("x-amz-checksum-sha256", text);
        DeclaredDigest digest = DeclaredDigest.of(answer);
        digest.update(file, file.length);
        digest.fits(Sha256.of(file));
    }
}

package fr.pennylanesync.archive.download;

import fr.pennylanesync.hash.Sha256;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;

/**
 * The digest that the source itself declares, if any: {@code Content-MD5}, Google's {@code x-goog-hash}, Amazon's
 * {@code x-amz-checksum-sha256}. It is the only thing that shows a flipped bit. An ETag is not one: it may be anything.
 */
final class DeclaredDigest {

    private static final String GOOGLE_MD5 = "md5=";

    private final Optional<byte[]> md5;
    private final Optional<byte[]> sha256;
    private final MessageDigest digest;

    private DeclaredDigest(Optional<byte[]> md5, Optional<byte[]> sha256) {
        this.md5 = md5;
        this.sha256 = sha256;
        try {
            this.digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    static DeclaredDigest of(ClassicHttpResponse answer) {
        Optional<byte[]> md5 = header(answer, "Content-MD5").or(() -> google(answer)).flatMap(DeclaredDigest::decode);
        Optional<byte[]> sha256 = header(answer, "x-amz-checksum-sha256").filter(text -> !text.contains("-"))
                .flatMap(DeclaredDigest::decode);
        return new DeclaredDigest(md5, sha256);
    }

    void update(byte[] buffer, int length) {
        if (md5.isPresent()) {
            digest.update(buffer, 0, length);
        }
    }

    boolean fits(Sha256 hash) {
        return md5.map(declared -> Arrays.equals(declared, digest.digest())).orElse(true)
                && sha256.map(declared -> Arrays.equals(declared, hash.bytes())).orElse(true);
    }

    private static Optional<String> header(ClassicHttpResponse answer, String name) {
        return Optional.ofNullable(answer.getFirstHeader(name)).map(Header::getValue);
    }

    private static Optional<String> google(ClassicHttpResponse answer) {
        return Arrays.stream(answer.getHeaders("x-goog-hash"))
                .flatMap(header -> Arrays.stream(header.getValue().split(",")))
                .map(String::strip).filter(value -> value.startsWith(GOOGLE_MD5))
                .map(value -> value.substring(GOOGLE_MD5.length())).findFirst();
    }

    /** Decodes a digest; what is none declares nothing. */
    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException noDigest) {
            return Optional.empty();
        }
    }
}

package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.fault.FaultKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Spoils the answer to a file's URL. */
final class FileFaults {

    private static final String PRIVATE_PLACE = "https://10.0.0.1/document.pdf";
    private static final int UNFOLDED_MEGABYTES = 100;
    private static final byte[] BOMB = bomb();

    private FileFaults() {}

    static SandboxAnswer spoil(FaultKind kind, SandboxAnswer answer) {
        return switch (kind) {
            case EXPIRED_FILE_URL -> SandboxAnswer.text(403, "Request has expired");
            case PRIVATE_REDIRECT -> SandboxAnswer.empty(302).with(Map.of("location", PRIVATE_PLACE));
            case FLIPPED_BYTE -> new SandboxAnswer(answer.status(), answer.contentType(), flipped(answer.body()),
                    answer.headers());
            case COMPRESSION_BOMB -> new SandboxAnswer(200, answer.contentType(), BOMB,
                    Map.of("content-encoding", "gzip"));
            default -> throw new IllegalArgumentException("not a fault of a file's bytes: " + kind);
        };
    }

    private static byte[] flipped(byte[] body) {
        byte[] flipped = body.clone();
        flipped[flipped.length / 2] ^= 1;
        return flipped;
    }

    private static byte[] bomb() {
        ByteArrayOutputStream folded = new ByteArrayOutputStream();
        byte[] megabyte = new byte[1024 * 1024];
        try (GZIPOutputStream out = new GZIPOutputStream(folded)) {
            for (int i = 0; i < UNFOLDED_MEGABYTES; i++) {
                out.write(megabyte);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folded.toByteArray();
    }
}

package fr.pennylanesync.archive.s3;

import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** SHA-256 of contents that do not fit into memory. */
public final class StreamDigest {

    public static final int BUFFER_BYTES = 64 * 1024;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private StreamDigest() {}

    /** Reads a stream to its end. */
    static Sha256 of(InputStream content) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return Sha256.finish(digest);
    }

    public static Optional<Sha256> parse(String hex) {
        return HEX.matcher(hex).matches() ? Optional.of(Sha256.stored(HexFormat.of().parseHex(hex))) : Optional.empty();
    }
}

package fr.pennylanesync.sandbox.share;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * What a client says first. Amazon's driver adds parameters that PostgreSQL refuses: they are taken out. Whatever
 * database is asked for, there is one.
 */
final class StartupPacket {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int ENCRYPTION_REQUEST = 80_877_104;
    private static final int LENGTH_MIN = 8;
    private static final int LENGTH_MAX = 10_000;
    private static final int HEADER_BYTES = 8;
    private static final int PROTOCOL_3 = 196_608;
    private static final String DATABASE = "database";
    private static final Set<String> REPLACED =
            Set.of(DATABASE, "driver_version", "os_version", "client_protocol_version", "driver_discovery_version");

    private StartupPacket() {}

    /**
     * Reads requests until the startup proper, refusing encryption as a server without certificate does, and returns
     * the packet as PostgreSQL accepts it.
     */
    static byte[] read(DataInputStream in, OutputStream out, String database) throws IOException {
        while (true) {
            int length = in.readInt();
            if (length < LENGTH_MIN || length > LENGTH_MAX) {
                throw new IOException("no startup packet");
            }
            int code = in.readInt();
            byte[] body = in.readNBytes(length - HEADER_BYTES);
            if (code != SSL_REQUEST && code != ENCRYPTION_REQUEST) {
                return packet(code, code >>> 16 == PROTOCOL_3 >>> 16 ? forPostgres(body, database) : body);
            }
            out.write('N');
            out.flush();
        }
    }

    private static byte[] packet(int code, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(HEADER_BYTES + body.length);
        out.writeInt(code);
        out.write(body);
        return bytes.toByteArray();
    }

    /** Names and values alternate, each ended by a zero; one more zero ends them all. */
    private static byte[] forPostgres(byte[] body, String database) {
        String[] texts = new String(body, UTF_8).split("\0");
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i + 1 < texts.length; i += 2) {
            if (!REPLACED.contains(texts[i])) {
                kept.append(texts[i]).append('\0').append(texts[i + 1]).append('\0');
            }
        }
        return kept.append(DATABASE).append('\0').append(database).append("\0\0").toString().getBytes(UTF_8);
    }
}

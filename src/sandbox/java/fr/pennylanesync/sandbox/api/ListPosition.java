package fr.pennylanesync.sandbox.api;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where a page ended: the sort key and id of its last row. The cursor is this and nothing else; it knows neither filter
 * nor sort, which is why Pennylane wants both sent again with every page.
 */
public record ListPosition(long key, long id) {

    private static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

    public String cursor() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES).putLong(key).putLong(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.putInt(checksum(buffer)).array());
    }

    static ListPosition read(String cursor) {
        ByteBuffer buffer = ByteBuffer.wrap(decode(cursor));
        if (buffer.capacity() != BYTES) {
            throw refused();
        }
        ListPosition position = new ListPosition(buffer.getLong(), buffer.getLong());
        if (buffer.getInt() != checksum(buffer)) {
            throw refused();
        }
        return position;
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException notBase64) {
            throw refused();
        }
    }

    private static int checksum(ByteBuffer buffer) {
        CRC32 crc = new CRC32();
        crc.update(buffer.array(), 0, 2 * Long.BYTES);
        return (int) crc.getValue();
    }

    static Problem refused() {
        return Problem.badRequest("Invalid cursor");
    }
}

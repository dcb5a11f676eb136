package fr.pennylanesync.warehouse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One row of a binary COPY: its fields as the server's types send them, without a text of each in between. Another row
 * takes its place; what was taken of it stays.
 */
public final class CopiedRow {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** Behind the signature: flags, and the length of what may follow. */
    private static final int FLAGS_LENGTH = Integer.BYTES;
    private static final int END = -1;
    private static final int NULL = -1;

    /** Reads a part of some bytes. */
    public interface Utf8Reader<T> {

        T read(byte[] bytes, int offset, int length);
    }

    private final int[] offsets;
    private final int[] lengths;
    private ByteBuffer row = ByteBuffer.allocate(0);

    CopiedRow(int fields) {
        this.offsets = new int[fields];
        this.lengths = new int[fields];
    }

    /**
     * Takes a message of the server.
     *
     * @return whether it held a row, and not the end alone
     */
    boolean take(byte[] message) {
        row = ByteBuffer.wrap(message);
        if (Arrays.equals(message, 0, Math.min(message.length, SIGNATURE.length), SIGNATURE, 0, SIGNATURE.length)) {
            row.position(SIGNATURE.length + FLAGS_LENGTH);
            int extension = row.getInt();
            row.position(row.position() + extension);
        }
        int fields = row.getShort();
        if (fields == END) {
            return false;
        }
        if (fields != offsets.length) {
            throw new IllegalStateException("a row has " + fields + " fields, not " + offsets.length);
        }
        for (int i = 0; i < fields; i++) {
            lengths[i] = row.getInt();
            offsets[i] = row.position();
            row.position(row.position() + Math.max(0, lengths[i]));
        }
        return true;
    }

    public boolean isNull(int field) {
        return lengths[field] == NULL;
    }

    /** Returns a {@code bigint}, or the microseconds of a {@code timestamptz} since the year 2000. */
    public long number(int field) {
        if (lengths[field] != Long.BYTES) {
            throw new IllegalStateException("field " + field + " is no number of eight bytes");
        }
        return row.getLong(offsets[field]);
    }

    /** Returns a text; null where there is none. */
    public String text(int field) {
        return isNull(field) ? null : new String(row.array(), offsets[field], lengths[field], StandardCharsets.UTF_8);
    }

    /**
     * Gives a text's UTF-8 to a reader, without a copy.
     *
     * @param field that is not null
     */
    public <T> T utf8(int field, Utf8Reader<T> reader) {
        return reader.read(row.array(), offsets[field], lengths[field]);
    }

    /** Returns the whole message, in which {@link #begin} and {@link #end} say where a field stands. */
    public byte[] message() {
        return row.array();
    }

    public int begin(int field) {
        return offsets[field];
    }

    public int end(int field) {
        return offsets[field] + lengths[field];
    }

    /** Returns a {@code bytea} that is there. */
    public byte[] bytes(int field) {
        return Arrays.copyOfRange(row.array(), offsets[field], offsets[field] + lengths[field]);
    }
}

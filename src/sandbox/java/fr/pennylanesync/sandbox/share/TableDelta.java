package fr.pennylanesync.sandbox.share;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Compares the rows of a table, written in ascending order of their keys, with what the store holds, in one walk:
 * passes on the rows of keys that are new or show something else, and notes the keys that are gone.
 */
final class TableDelta {

    private static final HashFunction HASH = Hashing.murmur3_128();
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final TableState before;
    private final byte[] lineEnd;
    private final Consumer<byte[]> changed;
    private final LongList keys = new LongList();
    private final LongList hashes = new LongList();
    private final LongList gone = new LongList();
    private final ByteArrayOutputStream group = new ByteArrayOutputStream(2048);
    private int place;
    private long key = Long.MIN_VALUE;
    private long hash;
    private boolean begun;

    /**
     * @param end what each line ends with, beyond what is compared
     * @param changed takes lines for COPY
     */
    TableDelta(TableState before, String end, Consumer<byte[]> changed) {
        this.before = before;
        this.lineEnd = end.getBytes(StandardCharsets.UTF_8);
        this.changed = changed;
    }

    /** Takes the next row. */
    void add(long rowKey, byte[] row) {
        if (rowKey < key) {
            throw new IllegalStateException("keys must ascend");
        }
        if (rowKey != key) {
            endKey();
            key = rowKey;
            hash = 0;
            begun = true;
        }
        hash = hash * PRIME + HASH.hashBytes(row).asLong();
        group.writeBytes(row);
        group.writeBytes(("\t" + rowKey).getBytes(StandardCharsets.US_ASCII));
        group.writeBytes(lineEnd);
    }

    /** Ends the table and returns what the store holds once the changes are in it. */
    TableState end() {
        endKey();
        while (place < before.size()) {
            gone.add(before.keys()[place++]);
        }
        return new TableState(keys.toArray(), hashes.toArray());
    }

    /** Keys that the store holds and that no row has any more. */
    long[] gone() {
        return gone.toArray();
    }

    private void endKey() {
        if (!begun) {
            return;
        }
        while (place < before.size() && before.keys()[place] < key) {
            gone.add(before.keys()[place++]);
        }
        boolean known = place < before.size() && before.keys()[place] == key;
        if (!known || before.hashes()[place] != hash) {
            changed.accept(group.toByteArray());
        }
        if (known) {
            place++;
        }
        group.reset();
        keys.add(key);
        hashes.add(hash);
    }

    /** A growing list of numbers without an object for each. */
    private static final class LongList {

        private long[] values = new long[64];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}

package fr.pennylanesync.hash;

import fr.pennylanesync.hash.JsonMembers.Read;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads JSON objects as PostgreSQL writes those of a {@code jsonb} column, spells them as {@link CanonicalJson} does,
 * and finds values in them, all without a tree, which costs several times as much. What it cannot spell it refuses.
 * That its hash is a record's proves the payload as a tree does: all that is spelled stands in the text that was read.
 * For one thread at a time.
 */
public final class JsonbObject {

    private static final int CAPACITY = 4 * 1024;
    private static final int DEPTH_MOST = 16;
    private static final int ABSENT = -1;
    private static final byte[] TRUE = JsonSpeller.ascii("true");
    private static final byte[] FALSE = JsonSpeller.ascii("false");

    private final byte[][][] paths;
    /** Holds the member with which each path begins, in objects of the names that were read last. */
    private final int[] places;
    /** Holds the members of the objects that are read, by their depth. */
    private final List<JsonMembers> levels = new ArrayList<>();
    /** Holds those of an object in which a value is looked for. */
    private final JsonMembers within = new JsonMembers();
    private final JsonSpeller out = new JsonSpeller(CAPACITY);
    private byte[] text = {};
    private int from;
    private int to;

    /** @param paths of the values that can be asked for, each the name of a member and of those within it */
    public JsonbObject(List<List<String>> paths) {
        this.paths = paths.stream().map(path -> path.stream().map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new)).toArray(byte[][][]::new);
        this.places = new int[paths.size()];
        levels.add(new JsonMembers());
    }

    /**
     * Reads an object.
     *
     * @param utf8 holds it from an offset on, for a length
     * @return whether it could be taken; if not, nothing can be asked of it
     */
    public boolean read(byte[] utf8, int offset, int length) {
        text = utf8;
        out.begin();
        return object(offset, offset + length, 0);
    }

    /** The record hash of the object that was read. */
    public Sha256 hash() {
        return out.hash();
    }

    /**
     * Finds a value of the object that was read; it stands {@link #from} here {@link #to} there.
     *
     * @param path the number of one of the paths
     * @return whether there is one that is not null
     */
    public boolean find(int path) {
        int member = places[path];
        JsonMembers members = levels.get(0);
        for (int step = 1; member != ABSENT; step++) {
            from = members.value(member);
            to = members.valueEnd(member);
            if (step == paths[path].length) {
                return !isLiteral(JsonSpeller.NULL, from, to);
            }
            if (within.read(text, from, to) == Read.UNUSUAL) {
                return false;
            }
            members = within;
            member = within.find(paths[path][step]);
        }
        return false;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    private boolean object(int begin, int end, int depth) {
        JsonMembers members = levels.get(depth);
        Read read = members.read(text, begin, end);
        if (read == Read.UNUSUAL) {
            return false;
        }
        if (depth == 0 && read == Read.OTHER_NAMES) {
            Arrays.setAll(places, path -> members.find(paths[path][0]));
        }
        out.punctuation('{');
        for (int i = 0; i < members.count(); i++) {
            int member = members.at(i);
            if (i > 0) {
                out.punctuation(',');
            }
            out.raw(text, members.name(member), members.nameEnd(member)).punctuation(':');
            if (!value(members.value(member), members.valueEnd(member), depth + 1)) {
                return false;
            }
        }
        out.punctuation('}');
        return true;
    }

    private boolean value(int begin, int end, int depth) {
        switch (text[begin]) {
            case '"' -> out.raw(text, begin, end);
            case '{' -> {
                while (levels.size() <= depth) {
                    levels.add(new JsonMembers());
                }
                return depth < DEPTH_MOST && object(begin, end, depth);
            }
            case '[' -> {
                return depth < DEPTH_MOST && array(begin, end, depth);
            }
            default -> {
                return literal(begin, end);
            }
        }
        return true;
    }

    private boolean array(int begin, int end, int depth) {
        out.punctuation('[');
        int at = begin + 1;
        while (text[at] != ']') {
            if (at > begin + 1) {
                out.punctuation(',');
                at = JsonbText.past(text, at, ", ");
            }
            int next = at == JsonbText.UNUSUAL ? at : JsonbText.end(text, at, end);
            if (next == JsonbText.UNUSUAL || !value(at, next, depth + 1)) {
                return false;
            }
            at = next;
        }
        out.punctuation(']');
        return at == end - 1;
    }

    private boolean literal(int begin, int end) {
        int stop =
                isLiteral(TRUE, begin, end) || isLiteral(FALSE, begin, end) || isLiteral(JsonSpeller.NULL, begin, end)
                        ? end
                        : PlainDecimal.end(text, begin, end);
        out.raw(text, begin, Math.max(begin, stop));
        return stop > begin;
    }

    private boolean isLiteral(byte[] literal, int begin, int end) {
        return Arrays.equals(text, begin, end, literal, 0, literal.length);
    }
}

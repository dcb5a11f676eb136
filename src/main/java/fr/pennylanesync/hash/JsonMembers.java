package fr.pennylanesync.hash;

import java.util.Arrays;

/**
 * Finds the members of a JSON object within the text that PostgreSQL writes of it, and their order by name. Objects of
 * one table mostly have the same names, so the order of the last one is kept. For one thread at a time.
 */
final class JsonMembers {

    private static final int CAPACITY = 32;
    private static final int ABSENT = -1;

    private byte[] text = {};
    private int count;
    /** Holds the ends of name and value of each member, one behind the other. */
    private int[] bounds = new int[4 * CAPACITY];
    private int[] order = new int[CAPACITY];
    private byte[] names = {};
    private int namesLength;

    /** Says how an object was read. */
    enum Read {
        LIKE_THE_LAST, OTHER_NAMES, UNUSUAL
    }

    /** Reads the object that stands from one place to another, the braces among it. */
    Read read(byte[] json, int from, int to) {
        text = json;
        count = 0;
        if (from >= to || json[from] != '{') {
            return Read.UNUSUAL;
        }
        int at = from + 1;
        while (at < to && json[at] != '}') {
            at = member(count == 0 ? at : JsonbText.past(json, at, ", "), to);
            if (at == JsonbText.UNUSUAL) {
                return Read.UNUSUAL;
            }
        }
        if (at != to - 1) {
            return Read.UNUSUAL;
        }
        return ordered() ? Read.LIKE_THE_LAST : Read.OTHER_NAMES;
    }

    /** Takes a member, and returns where it ends. */
    private int member(int at, int to) {
        int name = at == JsonbText.UNUSUAL ? at : JsonbText.end(text, at, to);
        int value = name == JsonbText.UNUSUAL ? name : JsonbText.past(text, name, ": ");
        int end = value == JsonbText.UNUSUAL || !JsonbText.isAscii(text, at, name) ? JsonbText.UNUSUAL
                : JsonbText.end(text, value, to);
        if (end == JsonbText.UNUSUAL) {
            return end;
        }
        if (count == order.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
            order = Arrays.copyOf(order, 2 * order.length);
        }
        bounds[4 * count] = at;
        bounds[4 * count + 1] = name;
        bounds[4 * count + 2] = value;
        bounds[4 * count + 3] = end;
        count++;
        return end;
    }

    /** @return whether the names are those of the object before */
    private boolean ordered() {
        if (isLikeTheLast()) {
            return true;
        }
        namesLength = 0;
        for (int i = 0; i < count; i++) {
            remember(i);
            int place = i;
            while (place > 0 && compare(order[place - 1], i) > 0) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = i;
        }
        return false;
    }

    private boolean isLikeTheLast() {
        int at = 0;
        for (int i = 0; i < count; i++) {
            int length = nameEnd(i) - name(i);
            if (at + length > namesLength
                    || !Arrays.equals(text, name(i), nameEnd(i), names, at, at + length)) {
                return false;
            }
            at += length;
        }
        return at == namesLength && at > 0;
    }

    private void remember(int member) {
        int length = nameEnd(member) - name(member);
        if (namesLength + length > names.length) {
            names = Arrays.copyOf(names, 2 * names.length + length);
        }
        System.arraycopy(text, name(member), names, namesLength, length);
        namesLength += length;
    }

    /** Names of ASCII have the order of their bytes. */
    private int compare(int one, int other) {
        return Arrays.compare(text, name(one) + 1, nameEnd(one) - 1, text, name(other) + 1, nameEnd(other) - 1);
    }

    int count() {
        return count;
    }

    /** Returns the member that comes at a place by the order of the names. */
    int at(int place) {
        return order[place];
    }

    /** Returns the member of a name, or -1. */
    int find(byte[] name) {
        for (int i = 0; i < count; i++) {
            if (Arrays.equals(text, name(i) + 1, nameEnd(i) - 1, name, 0, name.length)) {
                return i;
            }
        }
        return ABSENT;
    }

    /** Returns where a member's name begins, with its quote. */
    int name(int member) {
        return bounds[4 * member];
    }

    int nameEnd(int member) {
        return bounds[4 * member + 1];
    }

    int value(int member) {
        return bounds[4 * member + 2];
    }

    int valueEnd(int member) {
        return bounds[4 * member + 3];
    }
}

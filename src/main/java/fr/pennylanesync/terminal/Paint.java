package fr.pennylanesync.terminal;

/** Colours words, or leaves them as they are. A colour never says what the words do not. */
public enum Paint {
    PLAIN, COLOURED;

    private static final String END = "\u001b[0m";

    public String good(String text) {
        return in("\u001b[32m", text);
    }

    public String warning(String text) {
        return in("\u001b[33m", text);
    }

    public String bad(String text) {
        return in("\u001b[31m", text);
    }

    public String heading(String text) {
        return in("\u001b[1m", text);
    }

    public String faint(String text) {
        return in("\u001b[2m", text);
    }

    private String in(String begin, String text) {
        return this == PLAIN || text.isEmpty() ? text : begin + text + END;
    }
}

package fr.pennylanesync.terminal;

import java.io.PrintStream;

/**
 * Writes lines above one line that is drawn again and again, where the terminal can do that. All that goes to one
 * output goes through one of these, so that a line of the log never lands within the line of progress.
 */
public final class Screen {

    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final PrintStream out;
    private String drawn = "";

    public Screen(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
    }

    /** Returns what the lines are written to. */
    public Terminal terminal() {
        return terminal;
    }

    /** Writes a line that stays. */
    public synchronized void line(String text) {
        erase();
        out.println(text);
        redraw();
    }

    /** Draws the line that does not stay, in place of the one before; it is cut where it would wrap. */
    public synchronized void draw(String text) {
        erase();
        drawn = PlainWords.cut(text, terminal.columns() - 1);
        redraw();
    }

    /** Takes the drawn line away. */
    public synchronized void clear() {
        erase();
        drawn = "";
        out.flush();
    }

    private void erase() {
        if (!drawn.isEmpty()) {
            out.print(ERASE);
        }
    }

    private void redraw() {
        if (!drawn.isEmpty()) {
            out.print(drawn);
        }
        out.flush();
    }
}

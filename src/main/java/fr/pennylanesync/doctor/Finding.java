package fr.pennylanesync.doctor;

import fr.pennylanesync.logging.VisibleText;
import java.util.Locale;

/**
 * One line of a diagnosis.
 *
 * @param area such as {@code warehouse}
 * @param text what was found, and for anything but good news what to do about it; holds no secret
 */
public record Finding(Level level, String area, String text) {

    /** A fault stops something; a warning will, or may. */
    public enum Level { GOOD, WARNING, FAULT }

    static Finding good(String area, String what) {
        return new Finding(Level.GOOD, area, what);
    }

    static Finding warning(String area, String what, String remedy) {
        return new Finding(Level.WARNING, area, what + ". Remedy: " + remedy);
    }

    /** Something that stops something, with what to do about it. */
    public static Finding fault(String area, String what, String remedy) {
        return new Finding(Level.FAULT, area, what + ". Remedy: " + remedy);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-8s %-10s %s", level.name().toLowerCase(Locale.ROOT), area,
                VisibleText.lines(text.strip()));
    }
}

package fr.pennylanesync.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what one of the process's outputs leads to.
 *
 * @param isInteractive whether a person sees it at once, rather than a file or another program
 * @param columns how many characters fit into a line
 * @param isSmart whether a line can be drawn again, and be in colour
 * @param hasColour whether the person wants colours
 */
public record Terminal(boolean isInteractive, int columns, boolean isSmart, boolean hasColour) {

    /** Is what everybody assumes where nothing tells. */
    public static final int USUAL_COLUMNS = 80;
    /** Stands for an output that nobody watches. */
    public static final Terminal NONE = new Terminal(false, USUAL_COLUMNS, false, false);

    private static final int COLUMNS_MIN = 20;
    private static final int STTY_SECONDS_MAX = 2;
    private static final Pattern SIZE = Pattern.compile("\\s*\\d+ (\\d+)\\s*");

    public Terminal {
        if (columns < COLUMNS_MIN) {
            columns = COLUMNS_MIN;
        }
    }

    /** Looks at standard output. */
    public static Terminal standardOutput() {
        return of(isTerminal(1), System.getenv());
    }

    /** Looks at standard error. */
    public static Terminal standardError() {
        return of(isTerminal(2), System.getenv());
    }

    static Terminal of(boolean interactive, Map<String, String> environment) {
        if (!interactive) {
            return NONE;
        }
        boolean smart = !"dumb".equals(environment.get("TERM"));
        boolean colour = smart && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(true, columns(environment.getOrDefault("COLUMNS", "")), smart, colour);
    }

    /** Java tells of standard input and output together only, so the system is asked where it has an answer. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException unreadable) {
            return System.console() != null;
        }
    }

    private static int columns(String announced) {
        if (announced.matches("[1-9]\\d{1,3}")) {
            return Integer.parseInt(announced);
        }
        return Measured.COLUMNS;
    }

    /** Is found out once, and only where somebody asks, because that starts a program. */
    private static final class Measured {

        private static final Path DEVICE = Path.of("/dev/tty");
        private static final int COLUMNS = Files.isReadable(DEVICE) ? measured(DEVICE) : USUAL_COLUMNS;
    }

    private static int measured(Path device) {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(device.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!stty.waitFor(STTY_SECONDS_MAX, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL_COLUMNS;
            }
            return columnsOf(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException noSuchProgram) {
            return USUAL_COLUMNS;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }

    /** @param size rows and columns, as {@code stty} prints them; a terminal that does not know says 0 */
    static int columnsOf(String size) {
        Matcher figures = SIZE.matcher(size);
        int columns = figures.matches() && figures.group(1).length() <= 4 ? Integer.parseInt(figures.group(1)) : 0;
        return columns == 0 ? USUAL_COLUMNS : columns;
    }

    /** Returns the colours for it. */
    public Paint paint() {
        return hasColour ? Paint.COLOURED : Paint.PLAIN;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Terminal[%d columns]", columns);
    }
}

package fr.pennylanesync.reload;

import fr.pennylanesync.stream.FactsFault;

/**
 * One route file.
 *
 * @param path where it lies, for people
 * @param id its stem, which is also its route's id
 */
public record RouteText(String path, String folder, String id, String content) {

    /** A finding about it, at the first line that holds the text; the file as a whole where none does. */
    public FactsFault fault(String text, String rule, String remedy) {
        int at = text.isEmpty() ? -1 : content.indexOf(text);
        int line = at < 0 ? 0 : 1 + (int) content.substring(0, at).chars().filter(c -> c == '\n').count();
        return new FactsFault(path, line, rule, remedy);
    }
}

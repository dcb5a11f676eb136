package fr.pennylanesync.stream;

import fr.pennylanesync.logging.VisibleText;

/**
 * One finding about a file of the integration team: where, which rule it breaks, and what to do. Whatever the file is
 * called and quotes, no terminal obeys it.
 *
 * @param line 1-based line in the file; 0 where the whole file is meant
 */
public record FactsFault(String file, int line, String rule, String remedy) {

    public FactsFault {
        file = VisibleText.of(file);
        rule = VisibleText.lines(rule);
        remedy = VisibleText.lines(remedy);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + rule + " -> " + remedy;
    }
}

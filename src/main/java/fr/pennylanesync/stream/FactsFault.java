package fr.pennylanesync.stream;

/**
 * One finding about a file of the integration team: where, which rule it breaks, and what to do.
 *
 * @param line 1-based line in the file; 0 where the whole file is meant
 */
public record FactsFault(String file, int line, String rule, String remedy) {

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + rule + " -> " + remedy;
    }
}

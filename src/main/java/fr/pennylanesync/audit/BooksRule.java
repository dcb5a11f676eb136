package fr.pennylanesync.audit;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that is true of all books, as a query for the records that contradict it.
 *
 * @param name says what is wrong, such as {@code unbalanced}
 * @param stream the stream whose records the query names
 * @param streams all streams that it looks into: it says nothing before each of them is complete
 * @param again where records are read again because of a finding: the query has a column {@code again0},
 * {@code again1}, … of ids for each; of a child stream they are its parents'
 * @param binding whether it holds of all books: of another, an exception is read again once, since a first reading may
 * have been cut, and is no fault if it stays
 * @param concerns the records that it is to be tried for because of what was landed, by stream; empty: it is tried for
 * all whenever anything was
 * @param sql selects {@code id} and these columns for {@code :company}, of all records if {@code :whole}, else of those
 * in {@code :only}
 */
public record BooksRule(String name, String stream, Set<String> streams, List<StreamDefinition> again, boolean binding,
        Map<String, Concern> concerns, String sql) {

    public BooksRule {
        streams = Set.copyOf(streams);
        again = List.copyOf(again);
        concerns = Map.copyOf(concerns);
        if (name.isBlank() || !streams.contains(stream)) {
            throw new IllegalArgumentException("a rule of the books looks into the stream that it names: " + name);
        }
    }

    /** Names the rule in tables: two streams may break the same one. */
    String key() {
        return stream + " " + name;
    }
}

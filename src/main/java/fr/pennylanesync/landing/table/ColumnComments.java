package fr.pennylanesync.landing.table;

import fr.pennylanesync.stream.Column;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says of every column of a stream's table what it holds and where it comes from, for whoever looks at the table. */
final class ColumnComments {

    private ColumnComments() {}

    /** Returns the comment of each column, by its name. */
    static Map<String, String> of(StreamDefinition stream) {
        Map<String, String> comments = new LinkedHashMap<>();
        comments.put("company_id", "The company, as in companies.");
        stream.parentColumn().ifPresent(column -> comments.put(column,
                "The record that it belongs to, as in " + stream.parent().orElseThrow() + "."));
        comments.put("id", stream.isChild() ? "Pennylane's id; unique within the record that it belongs to."
                : "Pennylane's id; unique within the company.");
        stream.columns().forEach(column -> comments.put(column.name(), of(stream, column)));
        comments.put("payload", "The record as Pennylane sent it, without links that expire.");
        comments.put("record_hash", "SHA-256 of the payload in canonical form; verify computes it again.");
        comments.put("source", "Where the payload came from: api, or share for Pennylane's data sharing"
                + (stream.evidence().mirrors().isEmpty() ? "."
                        : "; derived: from the other side of the relation, in "
                                + String.join(" and ", new TreeSet<>(stream.evidence().mirrors().keySet())) + "."));
        comments.put("batch_id", "The batch that brought it last, as in pennylane_sync.batch.");
        comments.put("first_seen_at", "When the warehouse learned of the record.");
        comments.put("changed_at", "When the warehouse learned of its last change.");
        comments.put("deleted_at", "When the warehouse learned that it is gone at Pennylane; null while it is there.");
        personal(stream, comments);
        return comments;
    }

    /** Says of each column that holds personal data which, and what is done with it. */
    private static void personal(StreamDefinition stream, Map<String, String> comments) {
        stream.columns().forEach(column -> stream.personal().field(column.path())
                .ifPresent(field -> comments.merge(column.name(), " Personal data: " + field.description() + "."
                        + stream.personal().rule(column.path())
                                .map(rule -> " By the rules in force it " + rule.treatment().meaning() + ".")
                                .orElse(""),
                        String::concat)));
        comments.computeIfPresent("payload", (name, comment) -> stream.personal().isRuled()
                ? comment + " The rules for personal data were applied."
                : comment);
    }

    /** Returns the comment of the table, which lists what of it is personal. */
    static String ofTable(StreamDefinition stream) {
        String personal = stream.columns().stream()
                .filter(column -> stream.personal().field(column.path()).isPresent()).map(Column::name)
                .collect(Collectors.joining(", "));
        return stream.description() + limit(stream)
                + (stream.isListed() ? ""
                        : " Only Pennylane's data sharing has it: without that, the table stays empty.")
                + (personal.isEmpty() ? "" : " Personal data: " + personal + ".");
    }

    /** Says what the configuration leaves out. */
    private static String limit(StreamDefinition stream) {
        return stream.since().map(date -> " " + (stream.isChild() ? "Only" : "Files only") + " of "
                + stream.parent().orElse(stream.name()) + " from " + date + " on: what is older is left out (streams."
                + stream.name() + ".since).").orElse("");
    }

    /** Says what the column holds, whose id that is, and where its value comes from. */
    private static String of(StreamDefinition stream, Column column) {
        return column.description().map(says -> says + ". ").orElse("")
                + column.references().map(other -> "The id of a record in " + other + ". ").orElse("")
                + origin(stream, column);
    }

    private static String origin(StreamDefinition stream, Column column) {
        String field = String.join(".", column.path());
        if (stream.isShareOnly()) {
            return "Column " + field + " of Pennylane's data sharing.";
        }
        List<String> shared = stream.share().stream().flatMap(table -> table.columns().stream())
                .filter(each -> each.fills().filter(column.name()::equals).isPresent()).map(ShareColumn::name).toList();
        return "Field " + field + " of Pennylane's record" + (shared.isEmpty() ? ""
                : "; column " + shared.stream().collect(Collectors.joining(", ")) + " of the data sharing") + ".";
    }
}

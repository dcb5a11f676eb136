package fr.pennylanesync.privacy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.landing.state.Quarantine;
import fr.pennylanesync.personal.ValueRule;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.FileField;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Optional;

/** Applies the rules that are in force to what landed by others. */
record RuleChange(StreamDefinition stream) implements Change {

    @Override
    public String rule() {
        return "rules: " + stream.personal().rulesText();
    }

    @Override
    public String mayConcern(String parent) {
        return "true";
    }

    @Override
    public String mayConcernFile() {
        return "true";
    }

    @Override
    public void apply(long parentId, long id, boolean fromShare, ObjectNode payload) {
        if (fromShare && stream.share().isPresent()) {
            stream.share().get().columns().forEach(column -> apply(column, payload));
        } else {
            stream.personal().apply(payload);
        }
    }

    private static void apply(ShareColumn column, ObjectNode payload) {
        column.rule().filter(rule -> payload.hasNonNull(column.name())).ifPresent(rule -> {
            Optional<String> ruled = column.type() == ColumnType.TEXT ? rule.apply(payload.get(column.name()).asText())
                    : Optional.empty();
            payload.put(column.name(), ruled.orElse(null));
        });
    }

    @Override
    public String raw(long parentId, String subject, String raw) {
        return subject.startsWith(Quarantine.ROW) && stream.share().isPresent()
                ? stream.share().get().ruled(raw)
                : stream.personal().applyTo(raw);
    }

    @Override
    public Optional<String> fileName(long parentId, long recordId, String field, String name) {
        Optional<ValueRule> rule = stream.files().stream().filter(file -> file.name().equals(field)).findFirst()
                .flatMap(FileField::namePath).flatMap(stream.personal()::rule);
        return rule.isEmpty() ? Optional.of(name) : rule.get().apply(name);
    }
}

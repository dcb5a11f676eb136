package fr.pennylanesync.stream;

import fr.pennylanesync.personal.PersonalData;
import fr.pennylanesync.personal.PersonalField;
import fr.pennylanesync.personal.PersonalKind;
import fr.pennylanesync.personal.StreamRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what of a stream's records is personal, and whose it is. */
final class FactsPersonal {

    /** The persons that an erasure may name. */
    static final Set<String> PERSONS = Set.of("customer", "supplier", "contact", "employee");
    static final String KINDS = Arrays.stream(PersonalKind.values()).map(PersonalKind::label)
            .collect(Collectors.joining("|"));
    static final String FIELD_FORM = "(" + KINDS + ")(?: of ([a-z]+))?(?: unless (\\w+) is (\\w+))?"
            + "(?: for (\\d{1,2}) years)?";

    private static final Pattern FIELD = Pattern.compile(FIELD_FORM);

    private final FactsBlock block;
    private final boolean child;

    FactsPersonal(FactsBlock block, boolean child) {
        this.block = block;
        this.child = child;
    }

    PersonalData read() {
        Map<String, List<String>> persons = persons();
        List<PersonalField> fields = new ArrayList<>();
        block.lines(Fact.PERSONAL).forEach((path, text) -> field(path, text, persons.keySet()).ifPresent(fields::add));
        return new PersonalData(fields, persons, StreamRules.NONE);
    }

    private Map<String, List<String>> persons() {
        Map<String, List<String>> persons = new LinkedHashMap<>();
        block.lines(Fact.PERSONS).forEach((person, path) -> {
            boolean isParent = path.equals(PersonalData.PARENT) && child;
            if (!PERSONS.contains(person) || !isParent && !FactsColumns.isPath(path)) {
                block.fault(Fact.PERSONS, person, "`" + person + "` is no person with the path of an id",
                        "write one of " + String.join(", ", new TreeSet<>(PERSONS)) + ", and `path.of.id`");
            } else {
                persons.put(person, isParent ? List.of(path) : FactsColumns.steps(path));
            }
        });
        return persons;
    }

    private Optional<PersonalField> field(String path, String text, Set<String> persons) {
        Matcher form = FIELD.matcher(text);
        if (!FactsColumns.isPath(path) || !form.matches()) {
            block.fault(Fact.PERSONAL, path, "`" + path + "` is no personal field", "write `path: kind`, with one of "
                    + KINDS.replace("|", ", ") + "; then `of person`, `unless field is value`, `for 10 years`");
            return Optional.empty();
        }
        Optional<String> person = Optional.ofNullable(form.group(2));
        if (person.filter(whose -> !persons.contains(whose)).isPresent()) {
            block.fault(Fact.PERSONAL, path, "`" + path + "` is of a person that no record names",
                    "list the person below `persons`");
            return Optional.empty();
        }
        return Optional.of(new PersonalField(FactsColumns.steps(path),
                PersonalKind.valueOf(form.group(1).toUpperCase(Locale.ROOT)), person,
                Optional.ofNullable(form.group(3)).map(field -> new PersonalField.Unless(field, form.group(4))),
                form.group(5) == null ? 0 : Integer.parseInt(form.group(5))));
    }
}

package fr.pennylanesync.personal;

import java.util.List;
import java.util.Optional;

/**
 * A field of a stream's records that holds personal data.
 *
 * @param path where it stands; lists on the way are passed through
 * @param person whose it is, as {@link PersonalData#persons} names them; empty: of each that the record names
 * @param unless the other field by which a record says that the value is nobody's
 * @param years for which the law has the field kept, from the record's date on; 0: for none
 */
public record PersonalField(List<String> path, PersonalKind kind, Optional<String> person, Optional<Unless> unless,
        int years) {

    /**
     * Says when a value is no person's.
     *
     * @param field of the record itself
     */
    public record Unless(String field, String value) {}

    public PersonalField {
        path = List.copyOf(path);
    }

    /** Makes the field that is known by its name alone. */
    static PersonalField byName(List<String> path, PersonalKind kind) {
        return new PersonalField(path, kind, Optional.empty(), Optional.empty(), 0);
    }

    /** The dotted path. */
    public String name() {
        return String.join(".", path);
    }

    /** Says for people what it is. */
    public String description() {
        return kind.label() + person.map(whose -> " of the " + whose).orElse("")
                + unless.map(not -> " unless " + not.field() + " is " + not.value()).orElse("")
                + (years > 0 ? ", kept by law for " + years + " years" : "");
    }
}

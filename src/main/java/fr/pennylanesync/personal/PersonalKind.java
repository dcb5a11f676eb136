package fr.pennylanesync.personal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kinds of personal and financial data. Fields that no stream file declares are known by their names, wherever they
 * stand in a record, because Pennylane adds fields without notice.
 */
public enum PersonalKind {
    NAME("a person's name", "first_name", "last_name", "birth_name"),
    EMAIL("an e-mail address", "email", "emails", "email_address"),
    PHONE("a telephone number", "phone", "phone_number", "telephone_number", "mobile_number"),
    ADDRESS("a part of a person's postal address"),
    IBAN("a bank account", "iban", "billing_iban", "masked_iban"),
    CARD("a payment card", "card_number", "card_masked_number", "masked_number"),
    BIRTH("a date or place of birth", "birth_date", "date_of_birth", "birth_place", "birthdate"),
    NUMBER("a number by which others know the person"),
    FILE("a file's name, which may name a person"),
    TEXT("a free text, which may name a person"),
    /** A business is no person; yet one that a person carries on in their own name is theirs. */
    BUSINESS("of a business, which a person may carry on in their own name");

    private static final Map<String, PersonalKind> BY_NAME = new HashMap<>();

    static {
        for (PersonalKind kind : values()) {
            kind.names.forEach(name -> BY_NAME.put(name, kind));
        }
    }

    private final String meaning;
    private final List<String> names;

    PersonalKind(String meaning, String... names) {
        this.meaning = meaning;
        this.names = List.of(names);
    }

    /** Says what a value of this kind is. */
    public String meaning() {
        return meaning;
    }

    /** Tells whether {@code privacy.personal-data} decides about it; else only an erasure, or a rule of its own. */
    public boolean isSwitched() {
        return this != BUSINESS;
    }

    /** Returns the name as stream files write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names by which fields are known that no stream file declares, for people. */
    public static String knownNames() {
        return BY_NAME.keySet().stream().sorted().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** Returns the kind of a field that bears a name like this one, whatever record it is of. */
    static Optional<PersonalKind> ofName(String field) {
        return Optional.ofNullable(BY_NAME.get(field));
    }
}

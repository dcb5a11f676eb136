package fr.pennylanesync.sandbox.api;

import java.util.Collection;
import java.util.List;

/** The scopes that open an endpoint: any one of them is enough. None at all: any token may use it. */
public record Scopes(List<String> accepted) {

    public static final Scopes NONE = new Scopes(List.of());

    /** {@code domain:readonly} or {@code domain:all}; either grants reads. */
    public static Scopes of(String... domains) {
        return new Scopes(List.of(domains).stream().flatMap(domain -> List.of(domain + ":readonly", domain + ":all")
                .stream()).toList());
    }

    /** Scopes as they are, without suffix. */
    public static Scopes exactly(String... scopes) {
        return new Scopes(List.of(scopes));
    }

    public boolean allow(Collection<String> granted) {
        return accepted.isEmpty() || accepted.stream().anyMatch(granted::contains);
    }

    public String least() {
        return accepted.get(0);
    }
}

package fr.pennylanesync.sandbox.api;

import java.util.Collection;
import java.util.List;

/** The scopes that open an endpoint: any one of them is enough. None at all: any token may use it. */
public record SandboxScopes(List<String> accepted) {

    public static final SandboxScopes NONE = new SandboxScopes(List.of());

    /** {@code domain:readonly} or {@code domain:all}; either grants reads. */
    public static SandboxScopes of(String... domains) {
        return new SandboxScopes(
                List.of(domains).stream().flatMap(domain -> List.of(domain + ":readonly", domain + ":all")
                        .stream()).toList());
    }

    /** Scopes as they are, without suffix. */
    public static SandboxScopes exactly(String... scopes) {
        return new SandboxScopes(List.of(scopes));
    }

    public boolean allow(Collection<String> granted) {
        return accepted.isEmpty() || accepted.stream().anyMatch(granted::contains);
    }

    public String least() {
        return accepted.get(0);
    }
}

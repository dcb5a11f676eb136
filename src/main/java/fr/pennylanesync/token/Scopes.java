package fr.pennylanesync.token;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Lists what a token may read, as {@code /me} lists it: {@code <domain>:readonly}, {@code <domain>:all}, seen in the
 * wild as {@code <domain>:read} too; each grants reading. Scopes of exports ({@code exports:fec}) have no such ending
 * and count whole. Unknown names are kept and mean nothing.
 */
public record Scopes(Set<String> names) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,60}(:[a-z_]{1,30})?");
    private static final Set<String> READING = Set.of("readonly", "all", "read");
    private static final int MOST_NAMES = 500;

    public Scopes {
        TreeSet<String> known = new TreeSet<>();
        names.stream().filter(name -> NAME.matcher(name).matches()).limit(MOST_NAMES).forEach(known::add);
        names = Collections.unmodifiableSet(known);
    }

    public static Scopes of(Collection<String> names) {
        return new Scopes(Set.copyOf(names));
    }

    /** @param domain {@code customers}, or a whole scope such as {@code exports:fec} */
    public boolean allows(String domain) {
        if (domain.contains(":")) {
            return names.contains(domain);
        }
        return READING.stream().anyMatch(reading -> names.contains(domain + ":" + reading));
    }

    /** The domains, of those asked for, that may not be read. */
    public Set<String> missing(Collection<String> domains) {
        TreeSet<String> missing = new TreeSet<>(domains);
        missing.removeIf(this::allows);
        return missing;
    }
}

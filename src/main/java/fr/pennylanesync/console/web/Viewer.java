package fr.pennylanesync.console.web;

import java.util.Optional;
import java.util.Set;

/**
 * Tells who asks.
 *
 * @param name of the login; empty where the console asks for none
 * @param companies that may be seen, by alias; empty: all
 * @param operator whether actions are allowed
 */
public record Viewer(String name, Optional<Set<String>> companies, boolean operator) {

    /** Is somebody at this machine, where the console asks for no login. */
    public static final Viewer LOCAL = new Viewer("", Optional.empty(), false);

    public boolean isLoggedIn() {
        return !name.isEmpty();
    }

    public boolean sees(String alias) {
        return companies.isEmpty() || companies.get().contains(alias);
    }

    /** Tells whether everything may be seen, also what is about all companies. */
    public boolean seesAll() {
        return companies.isEmpty();
    }
}

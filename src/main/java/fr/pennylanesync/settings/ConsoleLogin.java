package fr.pennylanesync.settings;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who may log in to the console.
 *
 * @param passwordHash PBKDF2, as the command {@code console-password} prints it
 * @param views the companies that a viewer sees, by alias; empty: the login may do and see everything
 */
public record ConsoleLogin(String name, Secret passwordHash, Optional<Views> views) {

    /** Means every company. */
    private static final String ALL = "*";
    private static final Pattern LOGIN = Pattern.compile("\\s*([A-Za-z0-9._@-]{1,64})=(\\S+)\\s*");
    private static final Pattern HASH = Pattern.compile("\\$pbkdf2\\$it=([1-9][0-9]{3,7})\\$[^$]{8,200}\\$[^$]{8,200}");
    private static final Pattern ALIASES = Pattern.compile("\\*|[a-z0-9][a-z0-9_-]*(\\+[a-z0-9][a-z0-9_-]*)*");
    /** Fewer rounds are guessed too quickly; with more, each try would hold a thread for long. */
    private static final int ROUNDS_MIN = 100_000;
    private static final int ROUNDS_MAX = 5_000_000;

    /** @param companies by alias; empty: all */
    public record Views(Set<String> companies) {

        public Views {
            companies = Set.copyOf(companies);
        }

        /** Reads aliases as {@code acme+beta}, or {@code *} for every company. */
        static Views parse(String text) {
            if (!ALIASES.matcher(text).matches()) {
                throw new IllegalArgumentException("has a part that ends with neither =alias+alias nor =*");
            }
            return new Views(text.equals(ALL) ? Set.of() : new TreeSet<>(Arrays.asList(text.split("\\+"))));
        }
    }

    /** Reads logins as {@code name=hash, name=hash}. */
    static Map<String, Secret> hashes(String text) {
        Map<String, Secret> hashes = new LinkedHashMap<>();
        for (String login : text.split(",")) {
            Matcher parts = LOGIN.matcher(login);
            if (!parts.matches()) {
                throw new IllegalArgumentException("is no list of name=hash, separated by commas");
            }
            Matcher hash = HASH.matcher(parts.group(2));
            if (!hash.matches() || Integer.parseInt(hash.group(1)) < ROUNDS_MIN
                    || Integer.parseInt(hash.group(1)) > ROUNDS_MAX) {
                throw new IllegalArgumentException("has a hash for " + parts.group(1)
                        + " that is not as the command console-password prints it");
            }
            if (hashes.put(parts.group(1), Secret.of(parts.group(2))) != null) {
                throw new IllegalArgumentException("has " + parts.group(1) + " twice");
            }
        }
        return hashes;
    }

    /** Reads who may only look, as {@code name=acme+beta, name=*}. */
    static Map<String, Views> viewers(String text) {
        Map<String, Views> viewers = new LinkedHashMap<>();
        for (String viewer : text.split(",")) {
            Matcher parts = LOGIN.matcher(viewer);
            if (!parts.matches()) {
                throw new IllegalArgumentException("is no list of name=alias+alias or name=*, separated by commas");
            }
            viewers.put(parts.group(1), Views.parse(parts.group(2)));
        }
        return viewers;
    }
}

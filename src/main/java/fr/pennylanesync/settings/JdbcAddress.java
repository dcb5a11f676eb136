package fr.pennylanesync.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a JDBC URL apart. Its parameters may hold secrets, such as the password of a key file, so that only what stands
 * before them is ever shown.
 *
 * @param shown the URL without its parameters
 * @param hosts without their ports; none where the URL names none
 * @param parameters by their names in lower case
 */
public record JdbcAddress(String shown, List<String> hosts, Map<String, String> parameters) {

    private static final Pattern PARTS = Pattern.compile("(jdbc:[^?;&#]*)(.*)", Pattern.DOTALL);
    private static final Pattern HOSTS = Pattern.compile("jdbc:[a-z:]+//([^/]*).*", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(:.*)?", Pattern.DOTALL);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    public JdbcAddress {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /** Takes apart a URL that the settings have let pass. */
    public static JdbcAddress of(String jdbcUrl) {
        Matcher parts = PARTS.matcher(jdbcUrl);
        if (!parts.matches()) {
            throw new IllegalArgumentException("is no JDBC URL");
        }
        return new JdbcAddress(parts.group(1), hosts(parts.group(1)), parameters(parts.group(2)));
    }

    private static List<String> hosts(String address) {
        List<String> hosts = new ArrayList<>();
        Matcher named = HOSTS.matcher(address);
        if (named.matches() && !named.group(1).isEmpty()) {
            for (String one : named.group(1).split(",")) {
                Matcher host = HOST.matcher(one);
                hosts.add(host.matches() ? host.group(1).toLowerCase(Locale.ROOT) : one);
            }
        }
        return hosts;
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new TreeMap<>();
        for (String one : text.split("[?;&#]")) {
            int equals = one.indexOf('=');
            if (equals > 0) {
                parameters.put(one.substring(0, equals).toLowerCase(Locale.ROOT), one.substring(equals + 1));
            }
        }
        return parameters;
    }

    /** Tells whether every host is this machine. PostgreSQL's driver takes a URL without one so, too. */
    public boolean isLocal() {
        return hosts.stream().allMatch(host -> LOOPBACK.matcher(host).matches());
    }

    /** Returns a parameter's value. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public String toString() {
        return shown;
    }
}

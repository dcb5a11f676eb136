package fr.pennylanesync.doctor;

import fr.pennylanesync.settings.JdbcAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says whether the connection of a JDBC URL is encrypted, where it leaves this machine. */
final class TlsCheck {

    private static final String REDSHIFT = "jdbc:redshift:";
    private static final Set<String> IN_THE_CLEAR = Set.of("disable", "allow", "prefer");
    private static final Set<String> PROVEN = Set.of("verify-full", "verify-ca");
    private static final String REMEDY =
            ": add sslmode=verify-full to its URL, and sslrootcert=FILE where the certificate is not a public one";

    private TlsCheck() {}

    /**
     * Warns of what travels in the clear, or may.
     *
     * @param key names the setting
     */
    static List<Finding> of(String area, String key, String jdbcUrl) {
        JdbcAddress address = JdbcAddress.of(jdbcUrl);
        Optional<String> mode = mode(address);
        if (address.isLocal() || mode.filter(PROVEN::contains).isPresent() || isTlsByDefault(address, mode)) {
            return List.of();
        }
        if (mode.isEmpty() || IN_THE_CLEAR.contains(mode.get())) {
            return List.of(Finding.warning(area, "the connection of " + key
                    + " leaves this machine and need not be encrypted", "TLS" + REMEDY));
        }
        return List.of(Finding.warning(area, "the connection of " + key + " is encrypted, but the server need not prove"
                + " that it is the right one", "the certificate" + REMEDY));
    }

    private static Optional<String> mode(JdbcAddress address) {
        Optional<String> mode = address.parameter("sslmode").map(text -> text.toLowerCase(Locale.ROOT));
        Optional<String> flag = address.parameter("ssl").map(text -> text.toLowerCase(Locale.ROOT));
        if (flag.filter("false"::equals).isPresent() && mode.isEmpty()) {
            return Optional.of("disable");
        }
        // PostgreSQL's driver takes ssl=true, and ssl alone, for verify-full.
        return mode.isPresent() ? mode : flag.map(on -> "verify-full");
    }

    /** Amazon's driver encrypts unless it is told otherwise, and wants a certificate that it can check. */
    private static boolean isTlsByDefault(JdbcAddress address, Optional<String> mode) {
        return mode.isEmpty() && address.shown().startsWith(REDSHIFT);
    }
}

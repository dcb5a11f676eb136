package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareConnectionsTest {

    /** The driver asks AWS for a password then: it must not be given an empty one. */
    @Test
    void aLoginByIamNamesItsUserAndNoPassword() {
        Settings.Share login = new Settings.Share("jdbc:redshift:iam://cluster:eu-west-1/prod", "reader",
                Optional.empty(), Optional.empty(), 1, Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO);
        assertThat(login.isByIam()).isTrue();
        assertThat(new ShareConnections(login).properties()).containsEntry("DbUser", "reader")
                .doesNotContainKeys("user", "password");
    }

    /**
     * A certificate of Amazon's own hosts can always be checked; elsewhere, and if the URL says so, the URL decides.
     */
    @ParameterizedTest
    @CsvSource({
            "jdbc:redshift://external.abc.eu-west-1.redshift.amazonaws.com:5439/prod, verify-full",
            "jdbc:redshift://books.123.eu-west-3.redshift-serverless.amazonaws.com/prod, verify-full",
            "jdbc:redshift:iam://external.abc.eu-west-1.redshift.amazonaws.com:5439/prod, verify-full",
            "jdbc:redshift://external.abc.eu-west-1.redshift.amazonaws.com:5439/prod?sslmode=verify-ca, none",
            "jdbc:redshift://external.abc.eu-west-1.redshift.amazonaws.com:5439/prod?ssl=false, none",
            "jdbc:redshift://127.0.0.1:5439/prod, none",
            "jdbc:redshift://redshift.amazonaws.com.example:5439/prod, none",
            "jdbc:postgresql://127.0.0.1:5432/prod, none"
    })
    void theHostOfAmazonMustProveItsName(String url, String mode) {
        Properties properties =
                new ShareConnections(new Settings.Share(url, "reader", Optional.empty(), Optional.empty(), 1,
                        Duration.ofMinutes(1), Duration.ZERO, Duration.ZERO)).properties();
        assertThat(properties.getProperty("sslmode", "none")).isEqualTo(mode);
        assertThat(properties.getProperty("connectTimeout")).as("a paused cluster resumes in it").isEqualTo("60");
    }
}

package fr.pennylanesync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.doctor.Finding.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Books that leave this machine in the clear are a warning. */
class TlsCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db.example/books",
            "jdbc:postgresql://db.example:5432/books?sslmode=prefer",
            "jdbc:postgresql://127.0.0.1,db.example/books?ApplicationName=x",
            "jdbc:postgresql://10.0.0.7/books?sslmode=disable",
            "jdbc:postgresql://db.example/books?ssl=false", "jdbc:postgresql://localhost.example/books?SSLMODE=Allow",
            "jdbc:redshift://share.example:5439/db?ssl=false", "jdbc:redshift://share.example:5439/db;sslmode=disable"})
    void warnsOfWhatTravelsInTheClear(String url) {
        assertThat(TlsCheck.of("warehouse", "warehouse.jdbc-url", url)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.WARNING);
            assertThat(finding.text()).contains("need not be encrypted", "sslmode=verify-full")
                    .doesNotContain("example");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db.example/books?sslmode=require",
            "jdbc:redshift://share.example:5439/db?sslmode=require"})
    void warnsOfAServerThatNeedNotProveItself(String url) {
        assertThat(TlsCheck.of("share", "share.jdbc-url", url)).singleElement()
                .satisfies(finding -> assertThat(finding.text()).contains("need not prove"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db.example/books?sslmode=verify-full&sslrootcert=/etc/ca.pem",
            "jdbc:postgresql://db.example/books?ssl=true", "jdbc:postgresql://127.0.0.1:5432/books",
            "jdbc:postgresql://localhost/books", "jdbc:postgresql://[::1]:5432/books", "jdbc:postgresql:///books",
            "jdbc:redshift://share.example:5439/db", "jdbc:redshift:iam://cluster:eu-west-3/db",
            "jdbc:redshift://share.example:5439/db?sslmode=verify-ca"})
    void saysNothingOfWhatIsSafeOrStaysHere(String url) {
        assertThat(TlsCheck.of("warehouse", "warehouse.jdbc-url", url)).isEmpty();
    }
}

package fr.pennylanesync.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of a JDBC URL holds none of its parameters. */
class JdbcAddressTest {

    @ParameterizedTest
    @CsvSource({
            "jdbc:postgresql://db.example:5432/a?sslpassword=canary&sslkey=/k, jdbc:postgresql://db.example:5432/a",
            "jdbc:redshift://share.example:5439/db;sslKeyPassword=canary, jdbc:redshift://share.example:5439/db",
            "jdbc:redshift://share.example:5439/db&token=canary, jdbc:redshift://share.example:5439/db",
            "jdbc:postgresql://h/books#canary, jdbc:postgresql://h/books",
            "jdbc:postgresql://h/books, jdbc:postgresql://h/books"})
    void showsHostAndDatabaseOnly(String url, String shown) {
        assertThat(JdbcAddress.of(url).shown()).isEqualTo(shown);
        assertThat(JdbcAddress.of(url)).hasToString(shown);
    }

    @Test
    void knowsEveryHostAndParameter() {
        JdbcAddress address = JdbcAddress.of("jdbc:postgresql://one:5432,[::1]:5433,Two/books?sslMode=require&ssl");
        assertThat(address.hosts()).containsExactly("one", "[::1]", "two");
        assertThat(address.parameter("sslmode")).contains("require");
        assertThat(address.isLocal()).isFalse();
        assertThat(JdbcAddress.of("jdbc:postgresql://localhost,[::1]:5433,127.0.0.2/books").isLocal()).isTrue();
    }
}

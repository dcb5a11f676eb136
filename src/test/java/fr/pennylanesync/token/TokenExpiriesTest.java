package fr.pennylanesync.token;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.logging.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenExpiriesTest {

    private static final List<Company> ACME = List.of(
            new Company(7, "acme", CompanyState.ACTIVE, new Scopes(Set.of()), Optional.empty(), Optional.empty()));

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2027-03-17T23:59:59Z"));
    private TokenExpiries expiries() {
        return new TokenExpiries(directory, now::get);
    }

    @AfterEach
    void logToStandardError() {
        Logs.writeTo(Optional.empty());
    }

    @Test
    void withoutAFileNothingIsSaid() {
        assertThat(expiries().notices(ACME)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2027-04-01,", "2027-03-31,TOKEN_EXPIRES_SOON", "2027-03-17,TOKEN_EXPIRES_SOON",
            "2027-03-16,TOKEN_EXPIRED"})
    void warnsFourteenDaysAhead(LocalDate expiresOn, TokenErrorCode code) {
        expiries().write("acme", expiresOn);
        List<ExpiryNotice> expected =
                code == null ? List.of() : List.of(new ExpiryNotice(7, "acme", code, Optional.of(expiresOn)));
        assertThat(expiries().notices(ACME)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "31.03.2027", "2027-02-30", "2027-03-31\n2027-04-01"})
    void aFileThatHoldsNoDateIsTold(String text) throws IOException {
        Files.writeString(directory.resolve("acme.token.expires"), text);
        assertThat(expiries().notices(ACME)).extracting(ExpiryNotice::code)
                .containsExactly(TokenErrorCode.EXPIRY_INVALID);
    }

    @Test
    void logsOnceADay() throws IOException {
        Path log = directory.resolve("sync.log");
        Logs.writeTo(Optional.of(log));
        TokenExpiries expiries = expiries();
        expiries.write("acme", LocalDate.parse("2027-03-20"));
        expiries.warn(ACME);
        expiries.warn(ACME);
        assertThat(Files.readAllLines(log)).hasSize(1).allMatch(line -> line.contains("TOKEN_EXPIRES_SOON"));
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(2)));
        expiries.warn(ACME);
        assertThat(Files.readAllLines(log)).hasSize(2);
    }
}

package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.verification.VerificationProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A line of progress fits a terminal of 80 columns, and always covers the one before. */
class VerifyProgressTest {

    @Test
    void aLineHasOneWidth() {
        assertThat(VerifyProgress.line(new VerificationProgress(), Duration.ZERO)).hasSize(79)
                .startsWith("verify: 0 of 0 streams, 0 rows, 0 rows/s, 0 differences ");
    }
}

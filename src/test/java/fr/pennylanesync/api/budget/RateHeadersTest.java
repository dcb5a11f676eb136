package fr.pennylanesync.api.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateHeadersTest {

    private static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";
    private static final long DATE_SECONDS = 1_795_341_600L;

    @Test
    void readsWhatPennylaneDocuments() {
        RateHeaders headers = read(Map.of("ratelimit-limit", "25", "ratelimit-remaining", "0", "retry-after", "2",
                "ratelimit-reset", Long.toString(DATE_SECONDS + 3), "Date", DATE));
        assertThat(headers.limit()).hasValue(25);
        assertThat(headers.remaining()).hasValue(0);
        assertThat(headers.retryAfter()).contains(Duration.ofSeconds(2));
        assertThat(headers.resetIn()).contains(Duration.ofSeconds(3));
    }

    @Test
    void measuresTheResetOnTheServersOwnClock() {
        assertThat(read(Map.of("ratelimit-reset", Long.toString(DATE_SECONDS + 3))).resetIn()).isEmpty();
        assertThat(read(Map.of("ratelimit-reset", Long.toString(DATE_SECONDS - 9), "Date", DATE)).resetIn())
                .contains(Duration.ZERO);
    }

    @Test
    void readsRetryAfterAsADateToo() {
        assertThat(read(Map.of("retry-after", "Sun, 22 Nov 2026 10:00:07 GMT", "Date", DATE)).retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void believesNoNonsense() {
        RateHeaders headers = read(Map.of("ratelimit-limit", "0", "ratelimit-remaining", "-1", "retry-after", "soon",
                "ratelimit-reset", "99999999999999", "Date", "today"));
        assertThat(headers).isEqualTo(RateHeaders.NONE);
        assertThat(read(Map.of("retry-after", "999999")).retryAfter()).contains(RateHeaders.LONGEST_WAIT);
    }

    private static RateHeaders read(Map<String, String> headers) {
        return RateHeaders.read(headers::get);
    }
}

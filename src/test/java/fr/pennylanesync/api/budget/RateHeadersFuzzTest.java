package fr.pennylanesync.api.budget;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a server says of its limits, the budget stays between one request and what is configured. */
public class RateHeadersFuzzTest {

    private static final Mutations HEADS = Mutations.of(
            List.of("ratelimit-limit: 25\nratelimit-remaining: 0\nratelimit-reset: 1795341605\n"
                    + "Date: Sun, 22 Nov 2026 10:00:00 GMT\nretry-after: 5\n",
                    "retry-after: Sun, 22 Nov 2026 10:00:05 GMT\n"
                            + "Date: Sun, 22 Nov 2026 10:00:00 GMT\nratelimit-limit: 1\n"),
            "-1", "999999999999", "1000001", "0", " ", "\u0661", "1e3", "Sat, 31 Dec 9999 23:59:59 GMT", "+0100",
            "Thu, 01 Jan 0000 00:00:00 GMT", "2147483648", "ratelimit-remaining: 99999");

    @Property(tries = 500)
    void theBudgetStaysInItsBounds(@ForAll("heads") byte[] head) {
        fuzzerTestOneInput(head);
    }

    @Provide
    Arbitrary<byte[]> heads() {
        return HEADS.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] head) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        new String(head, StandardCharsets.UTF_8).lines().filter(line -> line.contains(":"))
                .forEach(line -> headers.put(line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1)));
        RateHeaders read = RateHeaders.read(headers::get);
        assertThat(List.of(read.resetIn(), read.retryAfter())).allSatisfy(wait -> wait.ifPresent(
                time -> assertThat(time).isBetween(Duration.ZERO, RateHeaders.LONGEST_WAIT)));
        BudgetSettings settings = BudgetSettings.DOCUMENTED;
        ServerThrottle throttle = new ServerThrottle(settings, 0, new Random(1));
        throttle.learn(read, 1, 1);
        assertThat(throttle.allowed(1)).isBetween(1, settings.requests());
        throttle.refused(read, 2);
        throttle.learn(read, 0, 3);
        assertThat(throttle.allowed(3)).isBetween(1, settings.requests());
        assertThat(throttle.pausedUntilNanos()).isBetween(2L,
                RateHeaders.LONGEST_WAIT.plusSeconds(2).toNanos());
    }
}

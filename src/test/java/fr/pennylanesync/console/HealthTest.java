package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.console.Health.HealthCheck;
import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.report.AnchorStatus;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What health says to whom. */
class HealthTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    @Test
    void whoSeesOneCompanySeesAllOfItsWarningsAndNoOthers() {
        List<Warning> warnings = Stream.concat(IntStream.range(0, 120).mapToObj(n -> "company " + n + " (other-" + n
                + ")"), Stream.of("company 7 (beta)"))
                .map(subject -> Warning.of(WarningCode.STREAM_STALE, subject, Optional.of(NOW))).toList();
        Health health = Health.of(List.of(new HealthCheck("warehouse", "UP", "", Optional.empty(), "")), warnings);

        Health beta = health.seenBy(new Viewer("victor", Optional.of(Set.of("beta")), false)).shown();
        assertThat(beta.warnings()).extracting(Warning::subject).containsExactly("company 7 (beta)");
        assertThat(beta.warningCount()).isOne();
        assertThat(beta.checks()).isEqualTo(health.checks());
        assertThat(health.seenBy(Viewer.LOCAL).shown().warnings()).hasSize(100);
        assertThat(health.seenBy(Viewer.LOCAL).shown().warningCount()).isEqualTo(121);
    }

    @Test
    void whatWasSeenLongAgoSaysSo() {
        MetricSample seen = new MetricSample(NOW, new Overview(List.of(), 0), MetricSample.Counted.NONE,
                Optional.empty(), List.of(), AnchorStatus.UNKNOWN, Map.of());
        assertThat(Sampler.old(seen, NOW.plusSeconds(60))).isEmpty();
        assertThat(Sampler.old(seen, NOW.plusSeconds(180))).get().extracting(Warning::code, Warning::since)
                .containsExactly("FIGURES_OLD", Optional.of(NOW));
    }
}

package fr.pennylanesync.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The console looks often while that is cheap, and never so seldom that its figures are old. */
class SamplerPauseTest {

    @Test
    void aLookTakesAtMostATenthOfTheTime() {
        assertThat(Sampler.pause(Duration.ofMillis(50))).isEqualTo(Duration.ofMillis(450));
        assertThat(Sampler.pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(9));
        assertThat(Sampler.pause(Duration.ofSeconds(8))).isEqualTo(Duration.ofSeconds(20));
    }
}

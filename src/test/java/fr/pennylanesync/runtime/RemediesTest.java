package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.alarm.AlarmCondition;
import fr.pennylanesync.console.page.Language;
import fr.pennylanesync.console.page.Texts;
import org.junit.jupiter.api.Test;

/** Whoever reads of a failure is told what to do, in the language of the reader. */
class RemediesTest {

    @Test
    void everyCodeThatPagesShowHasItsRemedyInFrench() {
        assertThat(Remedies.codes()).hasSizeGreaterThan(150)
                .allSatisfy(code -> assertThat(Texts.of(Language.FR).find("remedy." + code)).as(code).isPresent());
    }

    /** What looks like a secret is masked in an alarm. */
    @Test
    void anAlarmSaysEachRemedyAsItIs() {
        assertThat(Remedies.codes()).allSatisfy(code -> {
            String remedy = Remedies.of(code).orElseThrow();
            assertThat(AlarmCondition.of("STREAM_STOPPED", code, remedy).remedy()).isEqualTo(remedy);
        });
    }
}

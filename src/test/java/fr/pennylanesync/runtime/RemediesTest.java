package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.console.page.Language;
import fr.pennylanesync.console.page.Texts;
import org.junit.jupiter.api.Test;

/** Whoever reads the console in French is told in French what to do. */
class RemediesTest {

    @Test
    void everyCodeThatPagesShowHasItsRemedyInFrench() {
        assertThat(Remedies.codes()).hasSizeGreaterThan(150)
                .allSatisfy(code -> assertThat(Texts.of(Language.FR).find("remedy." + code)).as(code).isPresent());
    }
}

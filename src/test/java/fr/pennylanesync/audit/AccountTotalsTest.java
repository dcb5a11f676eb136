package fr.pennylanesync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.audit.AccountTotals.Totals;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Totals are the same to the cent, however they are written; third parties fold into the root that is there. */
class AccountTotalsTest {

    private static AccountTotals totals(String... accountsDebitsCredits) {
        AccountTotals totals = new AccountTotals();
        for (int i = 0; i < accountsDebitsCredits.length; i += 3) {
            totals.add(accountsDebitsCredits[i], new Totals(new BigDecimal(accountsDebitsCredits[i + 1]),
                    new BigDecimal(accountsDebitsCredits[i + 2])));
        }
        return totals;
    }

    @Test
    void scaleDoesNotMatterAndACentDoes() {
        assertThat(totals("512", "10.50", "0").differing(totals("512", "10.5", "0.00"))).isEmpty();
        assertThat(totals("512", "10.50", "0").differing(totals("512", "10.51", "0"))).containsExactly("512");
        assertThat(totals("512", "1", "0").differing(totals("512", "0", "-1"))).as("never one minus the other")
                .containsExactly("512");
    }

    @Test
    void anAccountWithoutMovementIsLikeNone() {
        assertThat(totals("512", "0", "0.00").differing(totals())).isEmpty();
        assertThat(totals().differing(totals("411", "3", "3"))).containsExactly("411");
    }

    @Test
    void thirdPartiesFoldIntoTheLongestRootAndOthersStay() {
        AccountTotals here = totals("411DUPONT", "1", "0", "411DURAND", "2", "0", "411000", "4", "0", "4011X", "0", "8",
                "512001", "5", "5", "709", "1", "1");
        AccountTotals there = totals("411", "3", "0", "411000", "4", "0", "401", "0", "8", "512001", "5", "5", "512",
                "0", "0");
        assertThat(here.foldedInto(there).differing(there)).as("nothing is begun with 709").containsExactly("709");
    }
}

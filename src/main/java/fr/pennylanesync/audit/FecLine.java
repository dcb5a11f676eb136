package fr.pennylanesync.audit;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Holds what identifies a line in a file of accounting entries, which holds no id and numbers entries anew in each
 * period.
 *
 * @param account the third party's account where the line has one, else the general account
 */
record FecLine(String journal, LocalDate date, String account, BigDecimal debit, BigDecimal credit) {

    FecLine {
        debit = exact(debit);
        credit = exact(credit);
    }

    /** The same amount is equal however it is written. */
    private static BigDecimal exact(BigDecimal amount) {
        return amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }
}

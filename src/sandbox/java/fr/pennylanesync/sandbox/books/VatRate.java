package fr.pennylanesync.sandbox.books;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A VAT code and what it charges, in basis points. */
public enum VatRate {
    FR_200("FR_200", 2000),
    FR_100("FR_100", 1000),
    FR_55("FR_55", 550),
    EXEMPT("exempt", 0),
    EXTRACOM("extracom", 0);

    private final String code;
    private final int basisPoints;

    VatRate(String code, int basisPoints) {
        this.code = code;
        this.basisPoints = basisPoints;
    }

    public String code() {
        return code;
    }

    /** The tax on an amount in cents, half up. */
    public long taxOn(long cents) {
        return BigDecimal.valueOf(cents).multiply(BigDecimal.valueOf(basisPoints))
                .divide(BigDecimal.valueOf(10_000), 0, RoundingMode.HALF_UP).longValueExact();
    }

    public BigDecimal withTax(BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(10_000L + basisPoints)).movePointLeft(4);
    }
}

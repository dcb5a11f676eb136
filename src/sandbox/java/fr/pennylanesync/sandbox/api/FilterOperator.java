package fr.pennylanesync.sandbox.api;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Filter operators. */
public enum FilterOperator {
    EQ, NOT_EQ, LT, LTEQ, GT, GTEQ, IN, NOT_IN, START_WITH;

    public static final Set<FilterOperator> COMPARISONS = EnumSet.of(LT, LTEQ, GT, GTEQ, EQ, NOT_EQ);
    public static final Set<FilterOperator> COMPARISONS_AND_LISTS =
            EnumSet.of(LT, LTEQ, GT, GTEQ, EQ, NOT_EQ, IN, NOT_IN);
    public static final Set<FilterOperator> EQUALITY_AND_LISTS = EnumSet.of(EQ, NOT_EQ, IN, NOT_IN);
    public static final Set<FilterOperator> EQUALITY = EnumSet.of(EQ, NOT_EQ);
    public static final Set<FilterOperator> EQUAL = EnumSet.of(EQ);
    public static final Set<FilterOperator> ONE_OF = EnumSet.of(IN);

    public boolean takesList() {
        return this == IN || this == NOT_IN;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

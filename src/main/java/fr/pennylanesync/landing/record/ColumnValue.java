package fr.pennylanesync.landing.record;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.ColumnType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns a JSON value into the text that PostgreSQL reads as a column's type, or finds that it does not fit. */
public final class ColumnValue {

    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,1000}(\\.\\d{1,1000})?([eE][+-]?\\d{1,3})?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
    private static final int ORDINARY_DIGITS_MAX = 38;

    private ColumnValue() {}

    /** @return the text, or empty if the value does not fit the type; JSON null is for the caller */
    static Optional<String> of(JsonNode value, ColumnType type) {
        return switch (type) {
            case TEXT -> value.isValueNode() ? Optional.of(StorableText.encode(value.asText())) : Optional.empty();
            case BIGINT -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case NUMERIC -> decimal(value);
            case BOOLEAN -> value.isBoolean() ? Optional.of(value.asText()) : Optional.empty();
            case DATE -> date(value);
            case TIMESTAMPTZ -> instant(value);
            case JSONB -> Optional.of(StorableJson.write(value));
        };
    }

    private static Optional<String> integer(JsonNode value, long min, long max) {
        if (value.isIntegralNumber()) {
            return value.canConvertToLong() ? integer(value.longValue(), min, max) : Optional.empty();
        }
        if (!value.isTextual() || !INTEGER.matcher(value.asText()).matches()) {
            return Optional.empty();
        }
        try {
            return integer(Long.parseLong(value.asText()), min, max);
        } catch (NumberFormatException beyondInt64) {
            return Optional.empty();
        }
    }

    private static Optional<String> integer(long number, long min, long max) {
        return number >= min && number <= max ? Optional.of(Long.toString(number)) : Optional.empty();
    }

    private static Optional<String> decimal(JsonNode value) {
        if (value.isBigDecimal() && isOrdinary(value.decimalValue())) {
            return Optional.of(value.asText());
        }
        if (value.isTextual() && OrdinaryText.isPlainDecimal(value.textValue())) {
            return Optional.of(value.textValue());
        }
        boolean fits = (value.isNumber() || value.isTextual()) && DECIMAL.matcher(value.asText()).matches();
        return fits ? Optional.of(value.asText()) : Optional.empty();
    }

    /** Tells whether a number is as amounts are: its text needs no look then. */
    private static boolean isOrdinary(BigDecimal number) {
        return number.scale() >= 0 && number.scale() <= ORDINARY_DIGITS_MAX
                && number.precision() <= ORDINARY_DIGITS_MAX;
    }

    private static Optional<String> date(JsonNode value) {
        if (!value.isTextual()) {
            return Optional.empty();
        }
        String ordinary = OrdinaryText.value(value.textValue(), ColumnType.DATE);
        if (ordinary != null) {
            return Optional.of(ordinary);
        }
        try {
            return DatabaseDates.spell(LocalDate.parse(value.textValue()));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static Optional<String> instant(JsonNode value) {
        if (!value.isTextual()) {
            return Optional.empty();
        }
        String ordinary = OrdinaryText.isoInstant(value.textValue());
        if (ordinary != null) {
            return Optional.of(ordinary);
        }
        try {
            return DatabaseDates.spell(OffsetDateTime.parse(value.textValue()));
        } catch (DateTimeException noInstant) {
            return Optional.empty();
        }
    }
}

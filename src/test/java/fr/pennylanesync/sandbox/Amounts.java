package fr.pennylanesync.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collection;

/** Sums of decimal strings. */
final class Amounts {

    private Amounts() {}

    static BigDecimal sum(Collection<? extends JsonNode> items, String field) {
        return items.stream().map(item -> of(item, field)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal of(JsonNode item, String field) {
        return new BigDecimal(item.path(field).asText());
    }
}

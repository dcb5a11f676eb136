package fr.pennylanesync.api.page;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads the number at which a parser stands with every digit, if it has no more of them than documented numbers could
 * ever have. {@code jsonb} has room for more, and spells each out: a short {@code 1E131071} would cost seconds each
 * time that its row is read back.
 */
final class ExactNumber {

    private ExactNumber() {}

    /** @return empty where it is longer than documented numbers are, or too large to be stored */
    static Optional<JsonNode> read(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.getTextLength() > ExactJson.MAX_NUMBER_LENGTH) {
            return Optional.empty();
        }
        JsonNodeFactory nodes = context.getNodeFactory();
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return Optional.of(switch (parser.getNumberType()) {
                case INT -> nodes.numberNode(parser.getIntValue());
                case LONG -> nodes.numberNode(parser.getLongValue());
                default -> nodes.numberNode(parser.getBigIntegerValue());
            });
        }
        return decimal(parser).filter(ExactNumber::hasRoom).map(nodes::numberNode);
    }

    private static Optional<BigDecimal> decimal(JsonParser parser) throws IOException {
        try {
            return Optional.of(parser.getDecimalValue());
        } catch (NumberFormatException | JsonParseException exponentTooLarge) {
            return Optional.empty();
        }
    }

    private static boolean hasRoom(BigDecimal number) {
        return number.scale() <= ExactJson.MAX_NUMBER_LENGTH
                && (long) number.precision() - number.scale() <= ExactJson.MAX_NUMBER_LENGTH;
    }
}

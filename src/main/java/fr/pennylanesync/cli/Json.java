package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** Writes what commands print for machines: times and durations as ISO 8601, what is empty as null. */
final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /** Returns the same as a tree, to which more can be added. */
    static <T extends JsonNode> T tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own records can always be written", e);
        }
    }
}

package fr.pennylanesync.personal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Applies rules to a text that was to be a record: token by token, because it may have a field twice or end in the
 * middle. What stands behind the place where it can no longer be read is left out: nobody can say what it is.
 */
public final class RawMaterial {

    /** Stands for a text of which nothing tells what it is. */
    static final String WITHHELD = "(withheld: rules for personal data)";
    private static final String CUT = "… (the rest withheld: rules for personal data)";

    private static final JsonMapper JSON = new JsonMapper();

    private final Function<List<String>, Optional<ValueRule>> rules;
    private final Deque<String> path = new ArrayDeque<>();

    /** @param rules gives what is done with the value at a path; empty where it is kept */
    public RawMaterial(Function<List<String>, Optional<ValueRule>> rules) {
        this.rules = rules;
    }

    /** Returns what the rules leave of a text. */
    public String ruled(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return text.isEmpty() ? text : WITHHELD;
        }
        StringWriter out = new StringWriter();
        boolean whole = false;
        try (JsonParser in = JSON.createParser(text)) {
            JsonGenerator written = new JsonFactory().createGenerator(out);
            try (written) {
                in.nextToken();
                object(in, written);
                whole = in.nextToken() == null;
            } catch (IOException broken) {
                whole = false;
            }
        } catch (IOException broken) {
            return WITHHELD;
        }
        return whole ? out.toString() : out + CUT;
    }

    private void object(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartObject();
        while (next(in) != JsonToken.END_OBJECT) {
            String name = in.currentName();
            next(in);
            path.addLast(name);
            Optional<ValueRule> rule = rules.apply(List.copyOf(path));
            if (rule.isPresent()) {
                JsonNode value = in.readValueAsTree();
                Optional<JsonNode> ruled = rule.get().apply(value);
                if (ruled.isPresent()) {
                    out.writeFieldName(name);
                    out.writeRawValue(ruled.get().toString());
                }
            } else {
                out.writeFieldName(name);
                value(in, out);
            }
            path.removeLast();
        }
        out.writeEndObject();
    }

    private void value(JsonParser in, JsonGenerator out) throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> object(in, out);
            case START_ARRAY -> {
                out.writeStartArray();
                while (next(in) != JsonToken.END_ARRAY) {
                    value(in, out);
                }
                out.writeEndArray();
            }
            case VALUE_STRING -> out.writeString(in.getText());
            default -> out.writeRawValue(in.getText());
        }
    }

    /** @throws IOException where the text ends too early */
    private static JsonToken next(JsonParser in) throws IOException {
        JsonToken token = in.nextToken();
        if (token == null) {
            throw new IOException("the text ends within a value");
        }
        return token;
    }
}

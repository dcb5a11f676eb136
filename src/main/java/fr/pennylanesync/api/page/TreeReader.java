package fr.pennylanesync.api.page;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON into a tree without loss. What cannot be taken within an item of a list (a key twice, or a value that JSON
 * or {@code jsonb} has no room for) is that item's fault: its field is left out, and the item is a {@link DamagedItem}.
 * Anywhere else it is the answer's fault.
 */
final class TreeReader extends JsonDeserializer<JsonNode> {

    private static final String ITEMS = "items";

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return new Reading(parser, context).read();
    }

    @Override
    public JsonNode getAbsentValue(DeserializationContext context) {
        return MissingNode.getInstance();
    }

    /** A container that is open; {@code key} is the field that is being read, {@code taken} whether it has room. */
    private static final class Frame {

        private final ContainerNode<?> node;
        private final boolean taken;
        private String key;

        Frame(ContainerNode<?> node, boolean taken) {
            this.node = node;
            this.taken = taken;
        }
    }

    /** One document. It is read without recursion: its depth is the sender's choice. */
    private static final class Reading {

        private final JsonParser parser;
        private final DeserializationContext context;
        private final Deque<Frame> open = new ArrayDeque<>();
        /** Counts how many containers were open when the item began; 0 outside items. */
        private int itemDepth;
        private final Set<String> spoilt = new LinkedHashSet<>();
        private String reason = "";
        private Optional<ItemText> text = Optional.empty();

        Reading(JsonParser parser, DeserializationContext context) {
            this.parser = parser;
            this.context = context;
        }

        JsonNode read() throws IOException {
            JsonNode value = next();
            while (!open.isEmpty()) {
                if (value != null) {
                    place(value);
                }
                value = parser.nextToken() == null ? unfinished() : next();
                if (open.isEmpty()) {
                    break;
                }
            }
            return value;
        }

        private JsonNode unfinished() throws IOException {
            throw new JsonParseException(parser, "the document ends before its end");
        }

        /** Returns the value that is whole with this token; null where there is none. */
        private JsonNode next() throws IOException {
            JsonToken token = parser.currentToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    return begin(token == JsonToken.START_OBJECT);
                }
                case END_OBJECT, END_ARRAY -> {
                    return end();
                }
                case FIELD_NAME -> {
                    name(parser.currentName());
                    return null;
                }
                default -> {
                    return scalar(token);
                }
            }
        }

        private JsonNode begin(boolean object) throws IOException {
            boolean item = itemDepth == 0 && isItem();
            boolean fits = open.size() < ExactJson.MAX_DEPTH;
            if (!fits) {
                cannotTake("TOO_DEEP", false);
            }
            text.ifPresent(out -> out.start(object));
            // What is too deep is not kept: one container stands for all that are open below the limit.
            boolean taken = fits && (open.isEmpty() || open.getLast().taken);
            open.addLast(new Frame(object ? context.getNodeFactory().objectNode()
                    : context.getNodeFactory().arrayNode(), taken));
            if (item) {
                itemDepth = open.size();
            }
            return null;
        }

        /** An item is what stands in a list of that name, but in no other item. */
        private boolean isItem() {
            if (open.size() < 2 || !(open.getLast().node instanceof ArrayNode)) {
                return false;
            }
            Frame list = open.removeLast();
            boolean named = ITEMS.equals(open.getLast().key);
            open.addLast(list);
            return named;
        }

        private JsonNode end() {
            Frame closed = open.removeLast();
            text.ifPresent(out -> out.end(closed.node.isObject()));
            if (itemDepth != open.size() + 1) {
                return closed.taken ? closed.node : null;
            }
            itemDepth = 0;
            JsonNode item = text.isEmpty() ? closed.node : damaged(closed.node);
            text = Optional.empty();
            spoilt.clear();
            reason = "";
            return item;
        }

        private JsonNode damaged(ContainerNode<?> node) {
            String whole = text.orElseThrow().toString();
            if (node instanceof ObjectNode object) {
                object.remove(spoilt);
                return DamagedItem.of(object, reason, whole);
            }
            return DamagedItem.ofNothing(reason, whole);
        }

        private void name(String name) throws IOException {
            Frame frame = open.getLast();
            boolean twice = frame.taken && frame.node.has(name);
            if (name.length() > ExactJson.MAX_NAME_LENGTH) {
                frame.key = name;
                cannotTake("NAME_TOO_LONG", true);
            } else if (twice || isAtTop() && spoilt.contains(name)) {
                frame.key = name;
                cannotTake("KEY_TWICE", true);
            }
            frame.key = name;
            text.ifPresent(out -> out.name(name));
        }

        private boolean isAtTop() {
            return itemDepth > 0 && open.size() == itemDepth;
        }

        private JsonNode scalar(JsonToken token) throws IOException {
            switch (token) {
                case VALUE_STRING -> {
                    return string(parser.getText());
                }
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    return number();
                }
                case VALUE_TRUE, VALUE_FALSE -> {
                    text.ifPresent(out -> out.literal(token.asString()));
                    return context.getNodeFactory().booleanNode(token == JsonToken.VALUE_TRUE);
                }
                default -> {
                    text.ifPresent(out -> out.literal("null"));
                    return context.getNodeFactory().nullNode();
                }
            }
        }

        private JsonNode string(String value) throws IOException {
            boolean fits = value.length() <= ExactJson.MAX_TEXT_LENGTH;
            if (!fits && itemDepth == 0 && isItem()) {
                return DamagedItem.ofNothing("TEXT_TOO_LONG", ItemText.ofText(value));
            }
            if (!fits) {
                cannotTake("TEXT_TOO_LONG", false);
            }
            text.ifPresent(out -> out.text(value));
            return context.getNodeFactory().textNode(fits ? value : "");
        }

        private JsonNode number() throws IOException {
            String why = parser.isNaN() ? "NOT_A_NUMBER" : "NUMBER_TOO_LARGE";
            Optional<JsonNode> number = parser.isNaN() ? Optional.empty() : ExactNumber.read(parser, context);
            String spelled = text.isPresent() || number.isEmpty() ? parser.getText() : "";
            if (number.isEmpty() && itemDepth == 0 && isItem()) {
                return DamagedItem.ofNothing(why, ItemText.ofLiteral(spelled));
            }
            if (number.isEmpty()) {
                cannotTake(why, false);
            }
            text.ifPresent(out -> out.literal(spelled));
            return number.orElseGet(() -> context.getNodeFactory().nullNode());
        }

        /**
         * Leaves the field of the item out in which this stands; from here on the item is written as text, too.
         *
         * @param named whether the name of the field that is being read is still to be written
         */
        private void cannotTake(String why, boolean named) throws IOException {
            if (itemDepth == 0) {
                throw outsideItems(why);
            }
            if (text.isEmpty()) {
                reason = why;
                text = Optional.of(written(named));
            }
            itemField().ifPresent(spoilt::add);
        }

        private IOException outsideItems(String why) {
            return switch (why) {
                case "KEY_TWICE", "NOT_A_NUMBER" -> new JsonParseException(parser, why);
                default -> new StreamConstraintsException(why);
            };
        }

        private Optional<String> itemField() {
            return open.stream().skip(itemDepth - 1L).findFirst().map(frame -> frame.key);
        }

        /** Writes what was read of the item so far. */
        private ItemText written(boolean named) {
            ItemText out = new ItemText();
            Frame last = open.getLast();
            open.stream().skip(itemDepth - 1L).forEach(frame -> {
                out.open(frame.node);
                if (frame.key != null && !(named && frame == last)) {
                    out.name(frame.key);
                }
            });
            return out;
        }

        private void place(JsonNode value) {
            Frame frame = open.getLast();
            if (frame.taken && frame.node instanceof ObjectNode object) {
                object.set(frame.key, value);
            } else if (frame.taken) {
                ((ArrayNode) frame.node).add(value);
            }
        }
    }
}

package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.sandbox.books.Stamps;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Builds the JSON of one record. Zero ids and moments stand for nothing and become null. */
final class Doc {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ObjectNode node = JsonNodeFactory.instance.objectNode();
    private final View view;
    private final long id;

    private Doc(View view, long id) {
        this.view = view;
        this.id = id;
    }

    static Doc of(View view, long id) {
        return new Doc(view, id).number("id", id);
    }

    /** A document whose id is not shown. */
    static Doc anonymous(View view, long id) {
        return new Doc(view, id);
    }

    Doc number(String name, long value) {
        node.put(name, value);
        return this;
    }

    Doc number(String name, Integer value) {
        node.put(name, value);
        return this;
    }

    Doc text(String name, String value) {
        node.put(name, value);
        return this;
    }

    Doc flag(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    Doc date(String name, LocalDate value) {
        node.put(name, value == null ? null : value.toString());
        return this;
    }

    Doc moment(String name, long micros) {
        node.put(name, micros == 0 ? null : moment(micros));
        return this;
    }

    Doc stamps(Stamps stamps) {
        return moment("created_at", stamps.createdMicros()).moment("updated_at", stamps.updatedMicros());
    }

    Doc cents(String name, long cents) {
        return text(name, Decimals.cents(cents, id, name));
    }

    Doc decimal(String name, BigDecimal value) {
        return text(name, Decimals.text(value, id, name));
    }

    /** {@code {id}}, or null. */
    Doc bare(String name, long target) {
        return node(name, target == 0 ? null : JsonNodeFactory.instance.objectNode().put("id", target));
    }

    /** {@code {id, url}}, or null. */
    Doc reference(String name, long target, String path) {
        return node(name, target == 0 ? null
                : JsonNodeFactory.instance.objectNode().put("id", target).put("url", view.api(path + "/" + target)));
    }

    /** {@code {url}}. */
    Doc link(String name, String path) {
        return node(name, JsonNodeFactory.instance.objectNode().put("url", view.api(path)));
    }

    Doc node(String name, JsonNode value) {
        node.set(name, value == null ? JsonNodeFactory.instance.nullNode() : value);
        return this;
    }

    Doc texts(String name, Collection<String> values) {
        var array = node.putArray(name);
        values.forEach(array::add);
        return this;
    }

    <T> Doc each(String name, List<T> values, Function<T, ObjectNode> json) {
        var array = node.putArray(name);
        values.forEach(value -> array.add(json.apply(value)));
        return this;
    }

    ObjectNode done() {
        return node;
    }

    static String moment(long micros) {
        return MOMENT.format(Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L),
                Math.floorMod(micros, 1_000_000L) * 1000));
    }
}

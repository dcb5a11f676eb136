package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer other than success. Pennylane publishes two shapes of error body, {@code error/status} in its OpenAPI and
 * {@code error/message/details} in its guide, and a third from its request validator, {@code message/code/field}: all
 * are served.
 */
public final class Problem extends RuntimeException {

    private final int status;
    private final transient ObjectNode body;

    private Problem(int status, ObjectNode body) {
        super(null, null, false, false);
        this.status = status;
        this.body = body;
    }

    /** The OpenAPI's shape. */
    public static Problem of(int status, String text) {
        return new Problem(status, JsonNodeFactory.instance.objectNode().put("error", text).put("status", status));
    }

    /** The request validator's shape. */
    public static Problem invalid(String code, String message, String field) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", message).put("code", code);
        return new Problem(400, field.isEmpty() ? body : body.put("field", field));
    }

    /** The guide's shape. */
    public static Problem guide(int status, String code, String message) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", code).put("message", message);
        body.putObject("details");
        return new Problem(status, body);
    }

    public static Problem badRequest(String text) {
        return of(400, text);
    }

    public static Problem notFound() {
        return of(404, "Not Found");
    }

    /** The text of 404 on ledger, customers and suppliers since 2026. */
    public static Problem noSuchRecord(String model, long id) {
        return of(404, "Couldn't find " + model + " with 'id'=" + id);
    }

    public int status() {
        return status;
    }

    public ObjectNode body() {
        return body;
    }
}

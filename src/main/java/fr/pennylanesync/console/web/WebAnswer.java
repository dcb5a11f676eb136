package fr.pennylanesync.console.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One answer of the console. */
public record WebAnswer(int status, Map<String, String> headers, byte[] body) {

    public static final int OK = 200;
    static final int SEE_OTHER = 303;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int UNAVAILABLE = 503;
    private static final String TYPE = "Content-Type";

    public WebAnswer {
        headers = Map.copyOf(headers);
    }

    /** @param type without its charset, which is UTF-8 */
    public static WebAnswer text(int status, String type, String body) {
        return new WebAnswer(status, Map.of(TYPE, type + "; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
    }

    public static WebAnswer html(int status, String body) {
        return text(status, "text/html", body);
    }

    /** Returns a file that belongs to the pages, which a browser may keep for some minutes. */
    public static WebAnswer asset(String type, String body) {
        return new WebAnswer(OK, Map.of(TYPE, type + "; charset=utf-8", "Cache-Control", "private, max-age=300"),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /** Leads the browser to another page, which it gets with GET. */
    public static WebAnswer seeOther(String path) {
        return new WebAnswer(SEE_OTHER, Map.of("Location", path), new byte[0]);
    }
}

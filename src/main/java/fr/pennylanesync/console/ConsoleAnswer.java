package fr.pennylanesync.console;

import java.nio.charset.StandardCharsets;

/** One answer of the console. */
record ConsoleAnswer(int status, String contentType, byte[] body) {

    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    static ConsoleAnswer text(int status, String contentType, String body) {
        return new ConsoleAnswer(status, contentType + "; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }
}

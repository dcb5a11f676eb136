package fr.pennylanesync.sandbox.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.sandbox.fault.FaultRule;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Sends answers, whole or spoilt. */
final class Sender {

    private static final int DRIPS = 40;
    private static final long ENDLESS_BYTES = 10L * 1024 * 1024 * 1024;
    private static final long LONGEST_POUR = 1024L * 1024 * 1024;

    private final Vertx vertx;

    Sender(Vertx vertx) {
        this.vertx = vertx;
    }

    void send(HttpServerResponse response, SandboxAnswer answer) {
        head(response, answer).end(Buffer.buffer(answer.body()));
    }

    void send(HttpServerResponse response, SandboxAnswer answer, FaultRule fault) {
        switch (fault.kind()) {
            case TRUNCATED_BODY -> truncate(head(response, answer), answer.body());
            case DRIP -> drip(head(response, answer), answer.body(), fault.duration());
            case ERROR_IN_200 -> send(response, SandboxAnswer.json(200, JsonNodeFactory.instance.objectNode()
                    .put("error", "Internal server error").put("status", 500)).with(answer.headers()));
            case HTML_IN_200 -> send(response, SandboxAnswer.html(200, "We will be back soon").with(answer.headers()));
            default -> throw new IllegalArgumentException("not a fault of the body: " + fault.kind());
        }
    }

    /** Announces 10 GB and goes on until the caller hangs up, or for a gigabyte. */
    void sendEndless(HttpServerResponse response, SandboxAnswer answer) {
        response.setStatusCode(200).putHeader("content-type", answer.contentType())
                .putHeader("content-length", Long.toString(ENDLESS_BYTES));
        Buffer nothing = Buffer.buffer(new byte[LargeDocument.PIECE_BYTES]);
        pour(response, LONGEST_POUR / LargeDocument.PIECE_BYTES, piece -> nothing, response::close);
    }

    void send(HttpServerResponse response, LargeDocument document) {
        response.setStatusCode(200).putHeader("content-type", "application/pdf")
                .putHeader("content-length", Long.toString(document.size()));
        response.write(Buffer.buffer(document.head()));
        long pieces = (document.paddingBytes() + LargeDocument.PIECE_BYTES - 1) / LargeDocument.PIECE_BYTES;
        pour(response, pieces, piece -> Buffer.buffer(document.piece(piece * LargeDocument.PIECE_BYTES)),
                () -> response.end(Buffer.buffer(document.tail())));
    }

    /** As fast as the caller reads, and no faster: nothing piles up here. */
    private static void pour(HttpServerResponse response, long pieces, LongFunction<Buffer> piece, Runnable end) {
        AtomicLong next = new AtomicLong();
        Runnable go = () -> {
            while (next.get() < pieces && !response.closed() && !response.writeQueueFull()) {
                response.write(piece.apply(next.getAndIncrement()));
            }
            if (next.get() == pieces && !response.closed()) {
                next.incrementAndGet();
                end.run();
            }
        };
        response.drainHandler(drained -> go.run());
        go.run();
    }

    private static HttpServerResponse head(HttpServerResponse response, SandboxAnswer answer) {
        response.setStatusCode(answer.status()).putHeader("content-type", answer.contentType())
                .putHeader("content-length", Integer.toString(answer.body().length));
        answer.headers().forEach(response::putHeader);
        return response;
    }

    private static void truncate(HttpServerResponse response, byte[] body) {
        response.write(Buffer.buffer(Arrays.copyOf(body, body.length / 2))).onComplete(written -> response.close());
    }

    private void drip(HttpServerResponse response, byte[] body, Duration duration) {
        long pauseMillis = Math.max(1, duration.toMillis() / DRIPS);
        dripFrom(response, body, 0, Math.max(1, (body.length + DRIPS - 1) / DRIPS), pauseMillis);
    }

    private void dripFrom(HttpServerResponse response, byte[] body, int from, int size, long pauseMillis) {
        if (response.closed()) {
            return;
        }
        if (from >= body.length) {
            response.end();
            return;
        }
        response.write(Buffer.buffer(Arrays.copyOfRange(body, from, Math.min(body.length, from + size))));
        vertx.setTimer(pauseMillis, timer -> dripFrom(response, body, from + size, size, pauseMillis));
    }
}

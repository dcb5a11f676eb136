package fr.pennylanesync.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A small server of OTLP over HTTP, which keeps the spans that it is sent. */
public final class OtlpServer implements AutoCloseable {

    /** The numbers of the fields that are read here, as OTLP's protocol buffers have them. */
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int STATUS_MESSAGE = 2;
    private static final int WIRE_VARINT = 0;
    private static final int WIRE_FIXED64 = 1;
    private static final int WIRE_BYTES = 2;

    /** @param parent empty for the first span of a trace */
    public record ReceivedSpan(String trace, String id, String parent, String name, Map<String, String> facts,
            String failure) {}

    private final HttpServer server;
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public OtlpServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (status == 200) {
            bodies.add(body);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answer(int code) {
        status = code;
    }

    /** Returns all that was received, as text: strings stand in it as they are. */
    public String text() {
        StringBuilder text = new StringBuilder();
        bodies.forEach(body -> text.append(new String(body, StandardCharsets.UTF_8)));
        return text.toString();
    }

    public List<ReceivedSpan> spans() {
        List<ReceivedSpan> spans = new ArrayList<>();
        for (byte[] body : bodies) {
            each(body, RESOURCE_SPANS, resource -> each(resource, SCOPE_SPANS,
                    scope -> each(scope, SPANS, span -> spans.add(span(span)))));
        }
        return spans;
    }

    private static ReceivedSpan span(byte[] span) {
        Map<Integer, String> texts = new TreeMap<>(Map.of(4, ""));
        Map<String, String> facts = new TreeMap<>();
        String[] failure = {""};
        fields(span, (field, value) -> {
            switch (field) {
                case 1, 2, 4 -> texts.put(field, HexFormat.of().formatHex((byte[]) value));
                case 5 -> texts.put(field, text(value));
                case 9 -> fact((byte[]) value, facts);
                case 15 -> each((byte[]) value, STATUS_MESSAGE, message -> failure[0] = text(message));
                default -> {}
            }
        });
        return new ReceivedSpan(texts.get(1), texts.get(2), texts.get(4), texts.get(5), facts, failure[0]);
    }

    private static void fact(byte[] keyValue, Map<String, String> facts) {
        String[] key = {""};
        fields(keyValue, (field, value) -> {
            if (field == 1) {
                key[0] = text(value);
            } else {
                fields((byte[]) value, (kind, content) -> facts.put(key[0],
                        content instanceof byte[] ? text(content) : content.toString()));
            }
        });
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private static void each(byte[] message, int wanted, Consumer<byte[]> taker) {
        fields(message, (field, value) -> {
            if (field == wanted && value instanceof byte[] bytes) {
                taker.accept(bytes);
            }
        });
    }

    private static void fields(byte[] message, BiConsumer<Integer, Object> taker) {
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            long tag = varint(buffer);
            int field = (int) (tag >> 3);
            switch ((int) (tag & 7)) {
                case WIRE_VARINT -> taker.accept(field, varint(buffer));
                case WIRE_FIXED64 -> taker.accept(field, buffer.getLong());
                case WIRE_BYTES -> {
                    byte[] bytes = new byte[(int) varint(buffer)];
                    buffer.get(bytes);
                    taker.accept(field, bytes);
                }
                default -> taker.accept(field, buffer.getInt());
            }
        }
    }

    private static long varint(ByteBuffer buffer) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

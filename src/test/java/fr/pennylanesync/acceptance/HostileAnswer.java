package fr.pennylanesync.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** Answers to a request for a list that would take the process of whoever reads them without a limit. */
enum HostileAnswer {

    ENDLESS_HEADER_LINE {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, "HTTP/1.1 200 OK\r\nX-Endless: ");
            forEver(out, "x".repeat(PIECE));
        }
    },
    ENDLESS_STATUS_LINE {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, "HTTP/1.1 200 ");
            forEver(out, "x".repeat(PIECE));
        }
    },
    ENDLESS_HEADERS {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, "HTTP/1.1 200 OK\r\n");
            forEver(out, "X-Many: 1\r\n".repeat(PIECE / 16));
        }
    },
    ENDLESS_INTERIM_ANSWERS {
        @Override
        void write(OutputStream out) throws IOException {
            forEver(out, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(PIECE / 64));
        }
    },
    ENDLESS_TRAILERS {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, CHUNKED + "2\r\n{}\r\n0\r\n");
            forEver(out, "X-Many: 1\r\n".repeat(PIECE / 16));
        }
    },
    ENDLESS_CHUNK_SIZE {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, CHUNKED + "2;");
            forEver(out, "x".repeat(PIECE));
        }
    },
    ENDLESS_BODY {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[");
            forEver(out, "{\"id\":1,\"label\":\"x\"},".repeat(PIECE / 32));
        }
    },
    ENDLESS_STRING {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[{\"id\":1,\"label\":\"");
            forEver(out, "x".repeat(PIECE));
        }
    },
    ENDLESS_NUMBER {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[{\"id\":1,\"amount\":");
            forEver(out, "7".repeat(PIECE));
        }
    },
    ENDLESS_ERROR {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, "HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n\r\n{\"error\":\"");
            forEver(out, "x".repeat(PIECE));
        }
    },
    EMPTY_ARRAYS {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[[]");
            repeated(out, ",[]", 60_000_000);
            text(out, "]}");
        }
    },
    MANY_NAMES {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[{\"id\":1");
            for (int i = 0; i < 3_000_000; i++) {
                text(out, ",\"n" + i + "\":0");
            }
            text(out, "}]}");
        }
    },
    DEEP_NESTING {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":");
            repeated(out, "[", 20_000_000);
        }
    },
    DEEP_OBJECTS {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[");
            repeated(out, "{\"a\":", 20_000_000);
        }
    },
    GZIP_BOMB {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                    + "Content-Length: " + BOMB.length + "\r\n\r\n");
            out.write(BOMB);
            out.flush();
        }
    },
    SLOW_DRIP {
        @Override
        void write(OutputStream out) throws IOException {
            text(out, JSON + "{\"items\":[");
            while (true) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                text(out, " ");
            }
        }
    };

    private static final int PIECE = 1 << 16;
    private static final String JSON =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final byte[] BOMB = bomb(1024);

    /** Writes the answer until it is whole or the caller hangs up. */
    abstract void write(OutputStream out) throws IOException;

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void forEver(OutputStream out, String text) throws IOException {
        byte[] piece = text.getBytes(StandardCharsets.ISO_8859_1);
        while (true) {
            out.write(piece);
        }
    }

    private static void repeated(OutputStream out, String text, int bytes) throws IOException {
        byte[] piece = text.repeat(PIECE).getBytes(StandardCharsets.ISO_8859_1);
        for (int written = 0; written < bytes; written += piece.length) {
            out.write(piece);
        }
    }

    /** Blanks around one value, which unfold to so many megabytes. */
    private static byte[] bomb(int megabytes) {
        byte[] blanks = new byte[1 << 20];
        Arrays.fill(blanks, (byte) ' ');
        ByteArrayOutputStream folded = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(folded)) {
            for (int i = 0; i < megabytes; i++) {
                out.write(blanks);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return folded.toByteArray();
    }
}

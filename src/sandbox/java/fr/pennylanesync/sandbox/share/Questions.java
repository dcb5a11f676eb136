package fr.pennylanesync.sandbox.share;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * What a reader sends once it is let in: messages of a letter, a length and a body. The text of a statement stands in a
 * query, or in a statement that is prepared; everything else passes as it is.
 */
final class Questions {

    private static final int LENGTH_BYTES = 4;
    private static final int LENGTH_MAX = 64 << 20;
    private static final char QUERY = 'Q';
    private static final char PREPARE = 'P';

    private Questions() {}

    /**
     * Carries messages until the reader ends.
     *
     * @param statements makes of each statement's text the one that is sent on
     */
    static void carry(InputStream from, OutputStream to, UnaryOperator<String> statements) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(from));
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to));
        for (int letter = in.read(); letter >= 0; letter = in.read()) {
            byte[] body = body(in);
            send(out, letter, letter == QUERY || letter == PREPARE ? with(letter, body, statements) : body);
            if (in.available() == 0) {
                out.flush();
            }
        }
    }

    private static byte[] body(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < LENGTH_BYTES || length > LENGTH_MAX) {
            throw new IOException("no message");
        }
        byte[] body = in.readNBytes(length - LENGTH_BYTES);
        if (body.length < length - LENGTH_BYTES) {
            throw new EOFException();
        }
        return body;
    }

    private static void send(DataOutputStream out, int letter, byte[] body) throws IOException {
        out.writeByte(letter);
        out.writeInt(body.length + LENGTH_BYTES);
        out.write(body);
    }

    /** The statement begins behind the name under which it is prepared, and ends with a zero. */
    private static byte[] with(int letter, byte[] body, UnaryOperator<String> statements) {
        String text = new String(body, ISO_8859_1);
        int from = letter == PREPARE ? text.indexOf('\0') + 1 : 0;
        int to = text.indexOf('\0', from);
        String statement = new String(body, from, to - from, UTF_8);
        String changed = statements.apply(statement);
        return changed.equals(statement) ? body : spliced(body, from, to, changed.getBytes(UTF_8));
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] statement) {
        byte[] spliced = new byte[from + statement.length + body.length - to];
        System.arraycopy(body, 0, spliced, 0, from);
        System.arraycopy(statement, 0, spliced, from, statement.length);
        System.arraycopy(body, to, spliced, from + statement.length, body.length - to);
        return spliced;
    }
}

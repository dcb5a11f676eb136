package fr.pennylanesync.sandbox.share;

import fr.pennylanesync.concurrent.DaemonThreads;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** One reader's connection, carried to the server and back. */
final class GateConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 32_768;

    private final ShareGate gate;
    private final Socket reader;
    private final Socket server;

    GateConnection(ShareGate gate, Socket reader, Socket server) {
        this.gate = gate;
        this.reader = reader;
        this.server = server;
    }

    void start() {
        daemon("sandbox-share-reader", this::carryQuestions);
    }

    @Override
    public void close() {
        close(reader);
        close(server);
        gate.left(this);
    }

    static void daemon(String name, Runnable work) {
        DaemonThreads.named(name).newThread(work).start();
    }

    private void carryQuestions() {
        try (this) {
            reader.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            byte[] startup = StartupPacket.read(new DataInputStream(reader.getInputStream()), reader.getOutputStream(),
                    gate.database());
            server.getOutputStream().write(startup);
            daemon("sandbox-share-answers", this::carryAnswers);
            Questions.carry(reader.getInputStream(), server.getOutputStream(), gate::asked);
        } catch (IOException ended) {
            // One side is gone: closing both is all there is to do.
            close();
        }
    }

    private void carryAnswers() {
        try (this) {
            InputStream in = server.getInputStream();
            OutputStream out = reader.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            long carried = 0;
            for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
                if (gate.isCutAt(carried, bytes)) {
                    out.write(buffer, 0, bytes / 2);
                    return;
                }
                out.write(buffer, 0, bytes);
                carried += bytes;
            }
        } catch (IOException ended) {
            close();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            // A socket that cannot be closed is closed.
            return;
        }
    }
}

package fr.pennylanesync.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that reads a request and then does anything at all with the socket. */
final class RawServer implements AutoCloseable {

    /** What happens on a connection after a request's head was read. */
    interface Behaviour {
        void answer(Socket socket, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    RawServer(Behaviour behaviour) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> accept(behaviour)).start();
    }

    int port() {
        return server.getLocalPort();
    }

    boolean closed() {
        return closed;
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(Behaviour behaviour) {
        while (!closed) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(behaviour, socket)).start();
            } catch (IOException stopped) {
                return;
            }
        }
    }

    private static void serve(Behaviour behaviour, Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            behaviour.answer(socket, socket.getOutputStream());
        } catch (IOException gone) {
            // The client left: that is what some tests are about.
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    }
}

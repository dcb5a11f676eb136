package fr.pennylanesync.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that sends exactly the bytes it is told to, right or wrong, and keeps every request head. */
public final class FileHost implements AutoCloseable {

    /** Writes one answer; the connection closes after it. */
    public interface HostedAnswer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket socket;
    private final Map<String, HostedAnswer> answers = new ConcurrentHashMap<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    public FileHost() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "file-host");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + path);
    }

    public URI base() {
        return at("/api/external/v2");
    }

    public FileHost answer(String path, HostedAnswer answer) {
        answers.put(path, answer);
        return this;
    }

    public FileHost file(String path, byte[] content, String... headers) {
        return answer(path, out -> {
            head(out, 200, content.length, headers);
            out.write(content);
        });
    }

    public FileHost status(String path, int status, String... headers) {
        return answer(path, out -> head(out, status, 0, headers));
    }

    public static void head(OutputStream out, int status, long length, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\nConnection: close\r\n");
        if (length >= 0) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    public List<String> requestHeads() {
        return heads;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread worker = new Thread(() -> serve(connection), "file-host-connection");
                worker.setDaemon(true);
                worker.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
            StringBuilder head = new StringBuilder();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                head.append(line).append('\n');
            }
            heads.add(head.toString());
            String path = head.toString().split(" ")[1].split("\\?")[0];
            OutputStream out = connection.getOutputStream();
            answers.getOrDefault(path, o -> head(o, 404, 0)).write(out);
            out.flush();
        } catch (IOException clientWentAway) {
            // What the tests want to see, they see on the client's side.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

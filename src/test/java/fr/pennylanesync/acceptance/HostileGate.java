package fr.pennylanesync.acceptance;

import fr.pennylanesync.sandbox.Sandbox;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a sandbox: some lists of one company are answered by {@link HostileAnswer}s, all else by the sandbox.
 */
final class HostileGate implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("\ncontent-length: *(\\d+)\r");

    private final ServerSocket server;
    private final URI sandbox;
    private final String token;
    private final Map<String, HostileAnswer> hostile = new ConcurrentHashMap<>();
    private final Map<HostileAnswer, AtomicInteger> given = new ConcurrentHashMap<>();

    /**
     * @param token of the company whose lists are hostile
     * @param hostile the answer to each such path below the base, such as {@code /customers}
     */
    HostileGate(Sandbox sandbox, String token, Map<String, HostileAnswer> hostile) throws IOException {
        this.sandbox = sandbox.baseUri();
        this.token = token;
        this.hostile.putAll(hostile);
        hostile.values().forEach(answer -> given.put(answer, new AtomicInteger()));
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String base() {
        return "http://127.0.0.1:" + server.getLocalPort() + sandbox.getPath();
    }

    /** From now on everything is answered by the sandbox. */
    void heal() {
        hostile.clear();
    }

    /** Returns how often an answer was given. */
    int given(HostileAnswer answer) {
        return given.get(answer).get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String head = head(in);
            String path = head.isEmpty() ? "" : head.split(" ", 3)[1].split("\\?")[0];
            HostileAnswer answer = head.contains(token) && path.startsWith(sandbox.getPath())
                    ? hostile.get(path.substring(sandbox.getPath().length()))
                    : null;
            if (answer != null) {
                given.get(answer).incrementAndGet();
                answer.write(client.getOutputStream());
            } else if (!head.isEmpty()) {
                forward(head, in, client.getOutputStream());
            }
        } catch (IOException hungUp) {
            // The process under test hung up, as it should.
            return;
        }
    }

    /** One request for each connection: the sandbox closes it behind its answer. */
    private void forward(String head, InputStream in, OutputStream client) throws IOException {
        Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        try (Socket socket = new Socket(sandbox.getHost(), sandbox.getPort())) {
            OutputStream out = socket.getOutputStream();
            String once = head.replaceFirst("(?i)\r\nconnection: [^\r]*", "").replaceFirst("\r\n",
                    "\r\nConnection: close\r\n");
            out.write(once.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            if (head.startsWith("GET " + sandbox.getPath())) {
                // Files come from the place of the API. Both ports have as many digits, so the length stays.
                client.write(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                        .replace(":" + sandbox.getPort() + "/files/", ":" + server.getLocalPort() + "/files/")
                        .getBytes(StandardCharsets.ISO_8859_1));
            } else {
                socket.getInputStream().transferTo(client);
            }
        }
    }

    /** Reads up to the blank line; empty where the caller sent nothing. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "hostile-gate");
        thread.setDaemon(true);
        thread.start();
    }
}

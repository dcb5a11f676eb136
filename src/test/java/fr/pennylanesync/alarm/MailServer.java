package fr.pennylanesync.alarm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes mails by as much of SMTP as a client needs. */
public final class MailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final List<String> mails = new CopyOnWriteArrayList<>();

    public MailServer() {
        try {
            socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        thread.execute(this::serve);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                talk(client);
            } catch (IOException ended) {
                // The client went, or the server is closed: the loop tells them apart.
                continue;
            }
        }
    }

    private void talk(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client, "220 here");
        String line = in.readLine();
        while (line != null && !line.toUpperCase(Locale.ROOT).startsWith("QUIT")) {
            if (line.equalsIgnoreCase("DATA")) {
                say(client, "354 go on");
                mails.add(body(in));
            }
            say(client, "250 ok");
            line = in.readLine();
        }
        say(client, "221 bye");
    }

    private static String body(BufferedReader in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            body.append(line).append('\n');
        }
        return body.toString();
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<String> mails() {
        return List.copyOf(mails);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.shutdownNow();
    }
}

package fr.pennylanesync.warehouse;

import fr.pennylanesync.concurrent.DaemonThreads;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * A pooler in transaction mode: each login reaches the server and adds a session to the pool; from then on every
 * transaction of any client is served by the session that was used last. Clients are told a process id that is no
 * session's, as pgbouncer does.
 */
public final class TransactionPooler implements Closeable {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;

    private record Session(Socket socket, DataInputStream in, DataOutputStream out) {}

    private final ServerSocket listening;
    private final int serverPort;
    private final int sessionsMax;
    private final BlockingDeque<Session> idle = new LinkedBlockingDeque<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("pooler"));
    private int sessions;

    /** @param sessionsMax further logins are made by a session that is thrown away */
    public TransactionPooler(int serverPort, int sessionsMax) throws IOException {
        this.serverPort = serverPort;
        this.sessionsMax = sessionsMax;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException closed) {
            threads.shutdown();
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            logIn(in, out);
            while (true) {
                transaction(in, out);
            }
        } catch (IOException gone) {
            sockets.remove(client);
        }
    }

    private void logIn(DataInputStream in, DataOutputStream out) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(socket);
        Session session = new Session(socket, new DataInputStream(socket.getInputStream()),
                new DataOutputStream(socket.getOutputStream()));
        byte[] startup = startup(in, out);
        session.out().writeInt(startup.length + 4);
        session.out().write(startup);
        while (answerOfLogin(session, out)) {
            copy(in.readByte(), in, session.out());
        }
        if (mayJoin()) {
            idle.addFirst(session);
        } else {
            socket.close();
        }
    }

    private synchronized boolean mayJoin() {
        return sessions < sessionsMax && ++sessions > 0;
    }

    private static byte[] startup(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] body = in.readNBytes(in.readInt() - 4);
            int code = java.nio.ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return body;
            }
            out.writeByte('N');
        }
    }

    /** @return whether the server wants another word of the client */
    private static boolean answerOfLogin(Session session, DataOutputStream out) throws IOException {
        while (true) {
            byte type = session.in().readByte();
            byte[] body = session.in().readNBytes(session.in().readInt() - 4);
            if (type == 'K') {
                body = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
            }
            write(type, body, out);
            int authentication = type == 'R' ? body[3] : 0;
            if (type == 'Z' || authentication == 10 || authentication == 11) {
                return type != 'Z';
            }
        }
    }

    /** Lends the client a session until the server says that no transaction is open. */
    private void transaction(DataInputStream in, DataOutputStream out) throws IOException {
        byte type = in.readByte();
        if (type == 'X') {
            throw new IOException("the client is done");
        }
        Session session = take();
        try {
            boolean open = true;
            while (open) {
                copy(type, in, session.out());
                if (type == 'S' || type == 'Q') {
                    open = answer(session, out);
                }
                type = open ? in.readByte() : 0;
            }
            idle.addFirst(session);
        } catch (IOException gone) {
            session.socket().close();
            throw gone;
        }
    }

    private Session take() throws IOException {
        try {
            return idle.take();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }

    /** @return whether a transaction is open after it */
    private static boolean answer(Session session, DataOutputStream out) throws IOException {
        while (true) {
            byte type = session.in().readByte();
            byte[] body = session.in().readNBytes(session.in().readInt() - 4);
            write(type, body, out);
            if (type == 'Z') {
                return body[0] != 'I';
            }
        }
    }

    private static void copy(byte type, DataInputStream in, DataOutputStream out) throws IOException {
        write(type, in.readNBytes(in.readInt() - 4), out);
    }

    private static void write(byte type, byte[] body, DataOutputStream out) throws IOException {
        byte[] whole =
                java.nio.ByteBuffer.allocate(body.length + 5).put(type).putInt(body.length + 4).put(body).array();
        out.write(whole);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}

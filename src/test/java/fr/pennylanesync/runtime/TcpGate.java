package fr.pennylanesync.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A door in front of a server: shut, it cuts every connection and lets none in. */
final class TcpGate implements AutoCloseable {

    private final int target;
    private final ServerSocket door;
    private final Set<Socket> inside = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean shut;

    private TcpGate(int target) {
        this.target = target;
        try {
            this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread("gate", this::welcome);
    }

    static TcpGate before(int port) {
        return new TcpGate(port);
    }

    int port() {
        return door.getLocalPort();
    }

    int refused() {
        return refused.get();
    }

    void shut() {
        shut = true;
        inside.forEach(TcpGate::quietly);
    }

    void open() {
        shut = false;
    }

    private void welcome() {
        while (!door.isClosed()) {
            try {
                Socket guest = door.accept();
                if (shut) {
                    refused.incrementAndGet();
                    quietly(guest);
                } else {
                    lead(guest, new Socket(InetAddress.getLoopbackAddress(), target));
                }
            } catch (IOException closedOrCut) {
                continue;
            }
        }
    }

    private void lead(Socket guest, Socket host) {
        inside.add(guest);
        inside.add(host);
        thread("gate-in", () -> carry(guest, host));
        thread("gate-out", () -> carry(host, guest));
    }

    private void carry(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            return;
        } finally {
            inside.remove(from);
            inside.remove(to);
        }
    }

    private static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        inside.forEach(TcpGate::quietly);
    }
}

package fr.pennylanesync.sandbox.share;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * The port that readers connect to: lets Amazon's driver in as well as PostgreSQL's, cuts connections on demand, and
 * lets no statement pass that Redshift would refuse ({@link RedshiftSyntax}).
 *
 * <p>One thread per direction and connection; PostgreSQL itself limits the number of connections.
 */
final class ShareGate implements AutoCloseable {

    /** Each so many bytes of answers a fault may strike. */
    static final int PIECE_BYTES = 65_536;

    private static final String HOST = "127.0.0.1";
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket listener;
    private final ShareServer server;
    private final BooleanSupplier strikes;
    private final Set<GateConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong bytesUntilCut = new AtomicLong(NEVER);
    private final AtomicLong cuts = new AtomicLong();

    private ShareGate(ServerSocket listener, ShareServer server, BooleanSupplier strikes) {
        this.listener = listener;
        this.server = server;
        this.strikes = strikes;
    }

    /** @param strikes asked at each piece of an answer: whether the connection is cut there */
    static ShareGate open(int port, ShareServer server, BooleanSupplier strikes) {
        try {
            ServerSocket listener = new ServerSocket(port, 50, InetAddress.getByName(HOST));
            ShareGate gate = new ShareGate(listener, server, strikes);
            GateConnection.daemon("sandbox-share-gate", gate::accept);
            return gate;
        } catch (IOException taken) {
            throw new UncheckedIOException("the share cannot listen on port " + port, taken);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The database that all readers see, whatever they ask for. */
    String database() {
        return server.database();
    }

    /** How many connections were cut. */
    long cuts() {
        return cuts.get();
    }

    /** Cuts all connections now and returns how many there were. */
    int cut() {
        int number = 0;
        for (GateConnection connection : connections) {
            connection.close();
            number++;
        }
        cuts.addAndGet(number);
        return number;
    }

    /** Cuts, once, the connection that carries the given byte of all answers from now on. */
    void cutAfter(long bytes) {
        bytesUntilCut.set(bytes);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException alreadyClosed) {
            throw new UncheckedIOException(alreadyClosed);
        }
        connections.forEach(GateConnection::close);
    }

    /** Whether the connection that just carried these bytes of an answer is to be cut. */
    boolean isCutAt(long bytesBefore, int bytes) {
        boolean wanted = bytesUntilCut.get() != NEVER && bytesUntilCut.addAndGet(-bytes) < 0;
        if (wanted) {
            bytesUntilCut.set(NEVER);
        }
        boolean struck = bytesBefore / PIECE_BYTES != (bytesBefore + bytes) / PIECE_BYTES && strikes.getAsBoolean();
        if (wanted || struck) {
            cuts.incrementAndGet();
        }
        return wanted || struck;
    }

    /**
     * Returns what is asked of the server in place of a statement: itself, unless Redshift would refuse it. PostgreSQL
     * refuses what then stands for it, with the SQL state of a fault of syntax.
     */
    String asked(String statement) {
        return RedshiftSyntax.refused(statement).map(what -> "Redshift_has_not (" + what.replace('\'', ' ') + ")")
                .orElse(statement);
    }

    void left(GateConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                admit(listener.accept());
            } catch (IOException closed) {
                // The port was closed, or the server behind it is going: either ends this thread's work soon.
                continue;
            }
        }
    }

    private void admit(Socket reader) throws IOException {
        try {
            GateConnection connection = new GateConnection(this, reader, new Socket(HOST, server.port()));
            connections.add(connection);
            connection.start();
        } catch (IOException noServer) {
            reader.close();
            throw noServer;
        }
    }
}

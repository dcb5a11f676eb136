package fr.pennylanesync.archive.parser;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/**
 * Takes the network from a Java machine: none of its classes that open a socket does. The machine has to be started
 * with this as its selector provider.
 */
public final class NoSockets extends SelectorProvider {

    static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";

    /** The platform makes it, by its name. */
    public NoSockets() {}

    /** Takes the older kind of sockets; that of channels is taken by the machine's own property. */
    static void install() throws IOException {
        if (!(SelectorProvider.provider() instanceof NoSockets)) {
            throw refused();
        }
        Socket.setSocketImplFactory(() -> {
            throw refused();
        });
        ServerSocket.setSocketFactory(() -> {
            throw refused();
        });
        DatagramSocket.setDatagramSocketImplFactory(() -> {
            throw refused();
        });
    }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("this process has no network");
    }

    @Override
    public DatagramChannel openDatagramChannel() {
        throw refused();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
        throw refused();
    }

    @Override
    public Pipe openPipe() {
        throw refused();
    }

    @Override
    public AbstractSelector openSelector() {
        throw refused();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
        throw refused();
    }

    @Override
    public SocketChannel openSocketChannel() {
        throw refused();
    }
}

package fr.pennylanesync.archive.parser;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/** Tries to open a socket of a kind, in a machine that is to have none. */
final class SocketOpener {

    static final int REFUSED = 7;

    private SocketOpener() {}

    public static void main(String[] kind) throws IOException {
        NoSockets.install();
        try {
            open(kind[0]);
        } catch (UnsupportedOperationException refused) {
            System.exit(REFUSED);
        }
    }

    private static void open(String kind) throws IOException {
        switch (kind) {
            case "socket" -> new Socket(InetAddress.getLoopbackAddress(), 1).close();
            case "channel" -> SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)).close();
            case "server" -> new ServerSocket(0).close();
            case "datagram" -> new DatagramSocket().close();
            default -> throw new IllegalArgumentException(kind);
        }
    }
}

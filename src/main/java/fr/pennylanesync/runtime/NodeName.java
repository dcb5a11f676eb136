package fr.pennylanesync.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** The name of this runtime among those that share a warehouse: told apart even from the one that ran here before. */
public final class NodeName {

    private NodeName() {}

    /** Host, process and a part that is new each time. */
    public static String name() {
        int fourDigits = ThreadLocalRandom.current().nextInt(46_656, 1_679_616);
        return host() + "-" + ProcessHandle.current().pid() + "-" + Integer.toString(fourDigits, 36);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "node";
        }
    }
}

package fr.pennylanesync.share;

import java.lang.reflect.Proxy;
import java.sql.Connection;

/** Opens a snapshot over a connection that can only be closed. */
public final class StubShare {

    private StubShare() {}

    /** @param closed is run when the connection is closed */
    public static OpenShare open(Runnable closed) {
        Connection connection = (Connection) Proxy.newProxyInstance(StubShare.class.getClassLoader(),
                new Class<?>[] {Connection.class}, (proxy, method, arguments) -> answer(method.getName(), closed));
        return new OpenShare(connection, () -> {});
    }

    private static Object answer(String method, Runnable closed) {
        if (!method.equals("close")) {
            throw new UnsupportedOperationException(method);
        }
        closed.run();
        return null;
    }
}

package fr.pennylanesync.sandbox.share;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the sandbox shares its data.
 *
 * @param directory of its own PostgreSQL; the server's files are kept between runs, the data are not
 * @param port on 127.0.0.1 that readers connect to; 0 takes any free one
 * @param lag how old the share's copy of the books gets before it is made anew, in the sandbox's time
 * @param rebuildInterval how often the schema {@code etl} is rebuilt, in the sandbox's time; zero for never
 * @param ids how the ids of records relate to those of the API
 * @param duplicates whether some rows of the analytical ledger come twice
 */
public record ShareOptions(Path directory, int port, Duration lag, Duration rebuildInterval, IdScheme ids,
        boolean duplicates) {

    private static final int PORT_MAX = 65_535;

    public ShareOptions {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port of the share must be between 0 and 65535, not " + port);
        }
        if (lag.isNegative() || rebuildInterval.isNegative()) {
            throw new IllegalArgumentException("lag and rebuild interval of the share must not be negative");
        }
    }

    /** Any free port, no lag, nothing goes wrong. */
    public static ShareOptions in(Path directory) {
        return new ShareOptions(directory, 0, Duration.ZERO, Duration.ZERO, IdScheme.SAME, false);
    }

    public ShareOptions withPort(int newPort) {
        return new ShareOptions(directory, newPort, lag, rebuildInterval, ids, duplicates);
    }

    public ShareOptions withLag(Duration newLag) {
        return new ShareOptions(directory, port, newLag, rebuildInterval, ids, duplicates);
    }

    public ShareOptions withRebuildInterval(Duration interval) {
        return new ShareOptions(directory, port, lag, interval, ids, duplicates);
    }

    public ShareOptions withIds(IdScheme scheme) {
        return new ShareOptions(directory, port, lag, rebuildInterval, scheme, duplicates);
    }

    public ShareOptions withDuplicates(boolean repeated) {
        return new ShareOptions(directory, port, lag, rebuildInterval, ids, repeated);
    }
}

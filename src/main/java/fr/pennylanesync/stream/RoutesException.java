package fr.pennylanesync.stream;

import fr.pennylanesync.failure.SyncException;
import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Route files or stream files cannot be used; it names every fault at once. It is a class of its own because a fault
 * has a file and a line, which {@code lint}, the reload and the console show, and because callers gather the faults of
 * many files.
 */
public final class RoutesException extends SyncException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<FactsFault> faults;

    public RoutesException(List<FactsFault> faults) {
        super(RouteErrorCode.ROUTES_REFUSED,
                faults.stream().map(FactsFault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<FactsFault> faults() {
        return faults;
    }

    @Override
    public String getMessage() {
        return detail();
    }
}

package fr.pennylanesync.stream;

import java.util.List;
import java.util.stream.Collectors;

/** Stream files that cannot be used, with every fault at once. */
public final class FactsRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public FactsRefused(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}

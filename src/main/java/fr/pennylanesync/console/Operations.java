package fr.pennylanesync.console;

import fr.pennylanesync.activity.OperatorLog.OperatorAction;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Does what people ask for in the console, and keeps the trail of it. */
public interface Operations {

    /** Names what can be asked for. */
    enum Operation {
        /** Syncs a company at once, after what is under way. */
        SYNC,
        /** Stops reading a company. */
        PAUSE,
        /** Reads a paused company again. */
        RESUME,
        /** Reads again what was set aside; the subject is the case. */
        RETRY,
        /** Lets a sweep delete what it found gone; the subject is the case. */
        CONFIRM,
        /** Closes a case that nothing can mend; the subject is the case. */
        ACCEPT,
        /** Compares with another source; the subject is the kind. */
        AUDIT,
        /** Recomputes the hashes. */
        VERIFY;

        /** Returns the name as it stands in addresses and tables. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Operation> named(String label) {
            return Stream.of(values()).filter(operation -> operation.label().equals(label)).findFirst();
        }
    }

    /**
     * Begins an operation; one that takes long goes on by itself, and the trail tells how it ended.
     *
     * @param action what the trail notes
     * @return why it was not begun: a code; empty where it was
     */
    Optional<String> begin(Operation operation, OperatorAction action);
}

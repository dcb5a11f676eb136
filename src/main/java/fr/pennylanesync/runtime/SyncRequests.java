package fr.pennylanesync.runtime;

import fr.pennylanesync.plan.SyncRequest;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.PassKind;
import java.util.Optional;

/** Makes the requests of syncs, with the intervals that the configuration sets. */
public final class SyncRequests {

    private SyncRequests() {}

    /** Asks for everything that is due. */
    public static SyncRequest due(Settings.Sync settings) {
        return of(settings, Optional.empty(), false);
    }

    /**
     * @param pass empty: whatever is due
     * @param confirmed whether a sweep may delete more than its guard allows
     */
    public static SyncRequest of(Settings.Sync settings, Optional<PassKind> pass, boolean confirmed) {
        return new SyncRequest(pass, confirmed, settings.sweepInterval(), settings.sweepIntervalWithoutChangelog());
    }
}

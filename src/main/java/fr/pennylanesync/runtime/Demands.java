package fr.pennylanesync.runtime;

import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.Pass;
import java.util.Optional;

/** What the configuration lets a sync do. */
public final class Demands {

    private Demands() {}

    /** Whatever is due. */
    public static Demand due(Settings.Sync settings) {
        return of(settings, Optional.empty(), false);
    }

    /**
     * @param pass empty: whatever is due
     * @param confirmed whether a sweep may delete more than its guard allows
     */
    public static Demand of(Settings.Sync settings, Optional<Pass> pass, boolean confirmed) {
        return new Demand(pass, confirmed, settings.sweepInterval(), settings.sweepIntervalWithoutChangelog());
    }
}

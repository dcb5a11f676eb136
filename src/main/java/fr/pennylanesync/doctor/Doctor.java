package fr.pennylanesync.doctor;

import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines an installation part by part; a part that is faulty does not keep it from looking at the others. */
public final class Doctor {

    private final Settings settings;

    public Doctor(Settings settings) {
        this.settings = settings;
    }

    /** Everything that was found, good news included. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good("settings", "read, no fault"));
        RoutesCheck routes = new RoutesCheck(settings);
        findings.addAll(routes.run());
        Optional<StreamCatalog> catalog = routes.catalog();
        WarehouseCheck warehouse = new WarehouseCheck(settings, catalog);
        findings.addAll(warehouse.run());
        findings.addAll(new ArchiveCheck(settings.archive()).run());
        findings.addAll(new ShareCheck(settings.share(), catalog).run());
        ClockMeter clock = new ClockMeter();
        findings.addAll(new TokensCheck(settings, catalog, warehouse.companies(), clock).run());
        findings.addAll(clock.run());
        return findings;
    }
}

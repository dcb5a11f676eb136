package fr.pennylanesync.doctor;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lease.Services;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.WarehouseInspection;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The warehouse: whether it answers, is new enough, and what its schema waits for. */
final class WarehouseCheck {

    private static final String AREA = "warehouse";

    private final Settings.Warehouse settings;
    private List<Company> companies = List.of();

    WarehouseCheck(Settings.Warehouse settings) {
        this.settings = settings;
    }

    /** The companies that it knows; none when it cannot be read, or before the check. */
    List<Company> companies() {
        return companies;
    }

    List<Finding> run() {
        if (settings.database().isEmpty() && !Files.exists(settings.embedded().directory())) {
            return List
                    .of(Finding.good(AREA, "embedded, made at the first start in " + settings.embedded().directory()));
        }
        try (WarehouseInspection warehouse = WarehouseInspection.open(settings)) {
            return look(warehouse);
        } catch (SyncException ill) {
            // Its message ends in the remedy.
            return List.of(new Finding(Finding.Level.FAULT, AREA, ill.getMessage()));
        }
    }

    private List<Finding> look(WarehouseInspection warehouse) {
        List<Finding> findings = new ArrayList<>();
        int pending = warehouse.pendingMigrations();
        findings.add(Finding.good(AREA, "PostgreSQL " + warehouse.version() + ", "
                + (pending == 0 ? "schema up to date" : pending + " migrations pending, applied at the next start")));
        if (warehouse.isSchemaForeign()) {
            findings.add(Finding.fault(AREA, "the schema is not one that this version made",
                    "use the pennylane-sync version that made it, or a newer one"));
        } else if (pending == 0) {
            companies = Tables.of(warehouse.jdbc()).companies().all();
        } else if (!warehouse.mayCreateSchemas()) {
            findings.add(Finding.fault(AREA, "the login may not create schemas, which the pending migrations need",
                    "grant it CREATE on the database"));
        }
        if (Services.areInConflict(warehouse.jdbc())) {
            findings.add(Finding.warning(AREA, Services.code() + ": several `run` work on it and are no cluster",
                    Services.remedy()));
        }
        return findings;
    }
}

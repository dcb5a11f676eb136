package fr.pennylanesync.doctor;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.lease.Services;
import fr.pennylanesync.postgres.PostgresErrorCode;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.ReloadStore.NodeReload;
import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.WarningCode;
import fr.pennylanesync.report.Warnings;
import fr.pennylanesync.runtime.Tables;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.WarehouseInspection;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The warehouse: whether it answers, is new enough, and what its schema waits for. */
final class WarehouseCheck {

    private static final String AREA = "warehouse";

    private final Settings.Warehouse settings;
    private final Duration staleAfter;
    private final Optional<StreamCatalog> catalog;
    private List<Company> companies = List.of();

    /** @param catalog the streams; empty: nothing is said about their state */
    WarehouseCheck(Settings settings, Optional<StreamCatalog> catalog) {
        this.settings = settings.warehouse();
        this.staleAfter = Warnings.staleAfter(settings.sync().interval());
        this.catalog = catalog;
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
        List<Finding> findings = new ArrayList<>();
        settings.database()
                .ifPresent(own -> findings.addAll(TlsCheck.of(AREA, "warehouse.jdbc-url", own.jdbcUrl())));
        try (WarehouseInspection warehouse = WarehouseInspection.open(settings)) {
            findings.addAll(look(warehouse));
        } catch (SyncException unusable) {
            // Its message ends in the remedy.
            findings.add(new Finding(Finding.Level.FAULT, AREA, unusable.getMessage()));
        }
        return findings;
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
            findings.addAll(state(warehouse.jdbc()));
        } else if (!warehouse.mayCreateSchemas()) {
            findings.add(Finding.fault(AREA, "the login may not create schemas, which the pending migrations need",
                    "grant it CREATE on the database"));
        }
        if (warehouse.isReadOnly()) {
            PostgresErrorCode code = PostgresErrorCode.DATABASE_READ_ONLY;
            findings.add(Finding.fault(AREA, code.name() + ": " + code.meaning(), code.remedy()));
        }
        if (Services.areInConflict(warehouse.jdbc())) {
            findings.add(Finding.warning(AREA, Services.code() + ": several `run` work on it and are no cluster",
                    Services.remedy()));
        }
        return findings;
    }

    /** The same warnings as health and `status` have; that there is no company is said with the tokens. */
    private List<Finding> state(JdbcClient jdbc) {
        List<ReloadState> nodes = Tables.of(jdbc).reloads().all().stream().map(NodeReload::state).toList();
        return catalog.map(streams -> Warnings
                .of(Overview.read(jdbc, streams), nodes, streams, staleAfter, Instant.now()).stream()
                .filter(warning -> !warning.code().equals(WarningCode.NO_COMPANY.name()))
                .map(warning -> Finding.warning("state", warning.code() + " " + warning.subject()
                        + warning.since().map(at -> ", since " + at.truncatedTo(ChronoUnit.SECONDS)).orElse(""),
                        warning.remedy()))
                .toList()).orElse(List.of());
    }
}

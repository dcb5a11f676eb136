package fr.pennylanesync.runtime;

import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.ApiClock;
import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.ApiFailureCode;
import fr.pennylanesync.api.BudgetSettings;
import fr.pennylanesync.api.Credentials;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.PennylaneTransport;
import fr.pennylanesync.api.RateBudgets;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.archive.DownloadLimits;
import fr.pennylanesync.camel.SyncEngine;
import fr.pennylanesync.pass.Demand;
import fr.pennylanesync.pass.Progress;
import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxCompany;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.settings.SettingsLoader;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.StreamTables;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The engine against a sandbox and a warehouse, in this JVM. */
final class TestRun implements AutoCloseable {

    private final Sandbox sandbox;
    private final SyncEngine engine;
    final OpenArchive archive;
    final Progress progress = new Progress();
    final StreamCatalog catalog;

    TestRun(Sandbox sandbox, Warehouse warehouse, BudgetSettings budget) {
        this(sandbox, warehouse, budget, temporary(), DownloadLimits.DEFAULT);
    }

    /** @param directory of the archive; kept, so that a later run finds what an earlier one stored */
    TestRun(Sandbox sandbox, Warehouse warehouse, BudgetSettings budget, Path directory, DownloadLimits limits) {
        this.sandbox = sandbox;
        Properties properties = new Properties();
        properties.setProperty("archive.directory", directory.toString());
        properties.setProperty("pennylane.base-url", sandbox.baseUri().toString());
        Settings settings = SettingsLoader.load(Optional.empty(), Map.of(), properties, text -> text);
        catalog = StreamCatalog.load(Path.of("routes"), Map.of());
        StreamTables tables = new StreamTables(warehouse.jdbc());
        catalog.all().forEach(tables::ensure);
        Map<Long, String> tokens = new HashMap<>();
        sandbox.companies().forEach(company -> tokens.put(company.id(), company.token()));
        HttpSettings http = HttpSettings.DEFAULT;
        PennylaneTransport transport = new PennylaneTransport(ApiBase.of(sandbox.baseUri()), credentials(tokens),
                new RateBudgets(budget)::of, http, RequestMeter.NONE);
        archive = OpenArchive.open(settings, warehouse, () -> catalog, limits);
        engine = SyncParts.engine(settings, warehouse, () -> catalog, transport, http, new ApiClock(Clock.systemUTC()), progress,
                archive.beans()).start();
    }

    private static Credentials credentials(Map<Long, String> tokens) {
        return new Credentials() {
            @Override
            public Secret token(long companyId) {
                if (!tokens.containsKey(companyId)) {
                    throw ApiFailure.of(ApiFailureCode.COMPANY_NOT_ACTIVE, "/");
                }
                return Secret.of(tokens.get(companyId));
            }

            @Override
            public Optional<Secret> afterRefusal(long companyId, Secret refused) {
                return Optional.empty();
            }

            @Override
            public void exhausted(long companyId, Secret refused) {}

            @Override
            public void accepted(long companyId, Secret token) {}
        };
    }

    void sync() {
        sync(catalog.roots());
    }

    /** @param streams with their children */
    void sync(List<StreamDefinition> streams) {
        for (SandboxCompany company : sandbox.companies()) {
            engine.sync(company.id(), streams, new Demand(Optional.empty(), false, Duration.ofDays(7), Duration.ofHours(6)));
        }
    }

    /** Archives what is due, company after company. */
    void archive() {
        sandbox.companies().forEach(company -> engine.archive(company.id()));
    }

    private static Path temporary() {
        try {
            Path directory = Files.createTempDirectory("pennylane-sync-archive");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        engine.close();
        archive.close();
    }
}

package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.fault.FaultKind;
import fr.pennylanesync.sandbox.fault.FaultPlan;
import fr.pennylanesync.sandbox.fault.FaultRule;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Settings that let a {@link TestRun} read a sandbox's data sharing. */
final class ShareRun {

    private ShareRun() {}

    static Map<String, String> settings(SandboxShare share) {
        return settings(share, share.jdbcUrl());
    }

    /** @param url of either driver */
    static Map<String, String> settings(SandboxShare share, String url) {
        return new TreeMap<>(Map.of("share.jdbc-url", url, "share.username", share.login().username(), "share.password",
                share.login().password(), "retry.delay-ms", "5", "archive.directory", temporary("archive").toString()));
    }

    /**
     * Reads ledger lines from the share while the list is away that would complete them in the same sync, and lets them
     * count as read.
     */
    static void readLedgerAlone(Sandbox sandbox, Warehouse warehouse, Runnable sync) {
        sandbox.companies().forEach(company -> warehouse.jdbc().sql("insert into pennylane_sync.share_match"
                + " (company_id, stream, verdict, sampled, found, agreeing) values (?, 'ledger_entry_lines', 'SAME',"
                + " 0, 0, 0)").param(company.id()).update());
        sandbox.faults().use(FaultPlan.of(FaultRule.always(FaultKind.INTERNAL_ERROR).onPath("/ledger_entry_lines")));
        sync.run();
        sandbox.faults().clear();
        assertThat(warehouse.jdbc().sql("select distinct state from pennylane_sync.stream_state"
                + " where stream = 'ledger_entry_lines'").query(String.class).list())
                .as("nothing is complete before the list was read").containsExactly("CATCH_UP");
        warehouse.jdbc().sql("update pennylane_sync.stream_state set state = 'LIVE', error_code = null"
                + " where stream = 'ledger_entry_lines'").update();
    }

    static Path temporary(String name) {
        try {
            return Files.createTempDirectory(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

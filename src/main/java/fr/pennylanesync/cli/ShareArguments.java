package fr.pennylanesync.cli;

import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.share.ColumnChange;
import fr.pennylanesync.sandbox.share.IdScheme;
import fr.pennylanesync.sandbox.share.SandboxShare;
import fr.pennylanesync.sandbox.share.ShareOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options of {@code sandbox} that concern its data sharing. */
final class ShareArguments {

    @Option(names = "--share-port", paramLabel = "N", defaultValue = "0",
            description = "port of the data sharing, a PostgreSQL; 0 for no data sharing (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--share-directory", paramLabel = "DIR", defaultValue = "data/sandbox-share",
            description = "where its PostgreSQL lives; the data do not outlive the sandbox (default: ${DEFAULT-VALUE})")
    private Path directory;

    @Option(names = "--share-lag", paramLabel = "TIME", defaultValue = "5s",
            description = "how far the data sharing falls behind the API before it is copied anew, e.g. 2h"
                    + " (default: ${DEFAULT-VALUE})")
    private String lag;

    @Option(names = "--share-rebuild", paramLabel = "TIME", defaultValue = "0s",
            description = "how often the schema etl is rebuilt, gone for a second; 0s for never"
                    + " (default: ${DEFAULT-VALUE})")
    private String rebuild;

    @Option(names = "--share-ids", paramLabel = "KIND", defaultValue = "same",
            description = "ids of records: same as in the API, foreign to it, or crossed, another record's"
                    + " (default: ${DEFAULT-VALUE})")
    private String ids;

    @Option(names = "--share-duplicates", description = "one row in twenty of the analytical ledger comes twice")
    private boolean duplicates;

    @Option(names = "--share-hide", paramLabel = "COMPANY",
            description = "id of a company that the login does not see; repeatable")
    private List<Long> hidden = new ArrayList<>();

    @Option(names = "--share-deny", paramLabel = "TABLE",
            description = "a table that may not be read, such as etl.customers; repeatable")
    private List<String> denied = new ArrayList<>();

    @Option(names = "--share-column", paramLabel = "TABLE.COLUMN=CHANGE",
            description = "a column that is not as documented: added, removed, or an SQL type; repeatable")
    private Map<String, String> columns = new TreeMap<>();

    boolean isWanted() {
        return port != 0;
    }

    /** @throws IllegalArgumentException naming what is wrong */
    ShareOptions options() {
        denied.forEach(SandboxShare::requireTable);
        columns.forEach((column, change) -> SandboxShare.requireChangeable(tableOf(column), change(column, change)));
        return ShareOptions.in(directory).withPort(port).withLag(SandboxCommand.duration("--share-lag", lag))
                .withRebuildInterval(SandboxCommand.duration("--share-rebuild", rebuild)).withIds(scheme())
                .withDuplicates(duplicates);
    }

    /** Opens the data sharing and says how to reach it. */
    void open(Sandbox sandbox, PrintWriter out) {
        SandboxShare share = sandbox.openShare(options());
        hidden.forEach(company -> share.setVisible(company, false));
        denied.forEach(table -> share.setDenied(table, true));
        columns.forEach((column, change) -> share.change(tableOf(column), change(column, change)));
        out.println("Data sharing at " + share.jdbcUrl() + " or " + share.redshiftUrl());
        out.printf(Locale.ROOT, "  login %s  password %s%n", share.login().username(), share.login().password());
    }

    private static String tableOf(String qualifiedColumn) {
        return qualifiedColumn.substring(0, Math.max(0, qualifiedColumn.lastIndexOf('.')));
    }

    private static ColumnChange change(String qualifiedColumn, String change) {
        String column = qualifiedColumn.substring(qualifiedColumn.lastIndexOf('.') + 1);
        return switch (change) {
            case "added" -> new ColumnChange.Added(column);
            case "removed" -> new ColumnChange.Removed(column);
            default -> new ColumnChange.Retyped(column, change);
        };
    }

    private IdScheme scheme() {
        try {
            return IdScheme.valueOf(ids.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("--share-ids is same, foreign or crossed, not " + ids, unknown);
        }
    }
}

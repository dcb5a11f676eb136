package fr.pennylanesync.doctor;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.share.Share;
import fr.pennylanesync.stream.ShareTable;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The data sharing: its login, the companies that it sees, and every table that a stream reads. */
final class ShareCheck {

    private static final String AREA = "share";

    private final Optional<Settings.Share> settings;
    private final Optional<StreamCatalog> catalog;

    /** @param catalog the streams; empty: only the login is tried */
    ShareCheck(Optional<Settings.Share> settings, Optional<StreamCatalog> catalog) {
        this.settings = settings;
        this.catalog = catalog;
    }

    List<Finding> run() {
        return settings.map(this::look)
                .orElseGet(() -> List.of(Finding.good(AREA, "not configured: histories come from the API alone")));
    }

    private List<Finding> look(Settings.Share login) {
        Share share = Share.of(login);
        List<Finding> findings = new ArrayList<>(TlsCheck.of(AREA, "share.jdbc-url", login.jdbcUrl()));
        try {
            Set<Long> companies = share.companies();
            findings.add(companies.isEmpty()
                    ? Finding.warning(AREA, "the login sees no company", "check the rights of its Pennylane user")
                    : Finding.good(AREA, "the login sees " + companies.size() + " companies"));
        } catch (SyncException failure) {
            findings.add(fault(failure, "no connection"));
            return findings;
        }
        tables().forEach(table -> findings.addAll(look(share, table)));
        return findings;
    }

    private List<ShareTable> tables() {
        return catalog.map(streams -> streams.all().stream().filter(StreamDefinition::enabled)
                .flatMap(stream -> stream.share().stream())
                .toList()).orElse(List.of());
    }

    private static List<Finding> look(Share share, ShareTable table) {
        try {
            return List.of(Finding.good(AREA, table.table() + ": " + share.shape(table).present().size() + " columns, "
                    + table.columns().size() + " read"));
        } catch (SyncException failure) {
            return List.of(fault(failure, table.table()));
        }
    }

    private static Finding fault(SyncException failure, String what) {
        return Finding.fault(AREA, what + ": " + failure.code(), failure.code().explanation());
    }
}

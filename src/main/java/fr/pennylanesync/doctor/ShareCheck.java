package fr.pennylanesync.doctor;

import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The data sharing: one connection, where a driver for its URL is on the class path. */
final class ShareCheck {

    private static final String AREA = "share";
    private static final String CONNECT_TIMEOUT_S = "10";

    private final Optional<Settings.Share> settings;

    ShareCheck(Optional<Settings.Share> settings) {
        this.settings = settings;
    }

    List<Finding> run() {
        return List.of(settings.map(ShareCheck::look).orElseGet(() -> Finding.good(AREA, "not configured: histories come from the API alone")));
    }

    private static Finding look(Settings.Share share) {
        Optional<Driver> driver = DriverManager.drivers().filter(candidate -> accepts(candidate, share.jdbcUrl())).findFirst();
        if (driver.isEmpty()) {
            return Finding.warning(AREA, "not tried: no driver for share.jdbc-url is on the class path", "put the driver's jar on the class path");
        }
        try (Connection connection = driver.get().connect(share.jdbcUrl(), login(share))) {
            return Finding.good(AREA, "answers as " + connection.getMetaData().getDatabaseProductName());
        } catch (SQLException refused) {
            return Finding.fault(AREA, "no connection (SQLSTATE " + refused.getSQLState() + ")",
                    "check share.jdbc-url, share.username and share.password, and that this machine's address is allowed");
        }
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException unable) {
            return false;
        }
    }

    private static Properties login(Settings.Share share) {
        Properties login = new Properties();
        login.setProperty("user", share.username());
        login.setProperty("password", share.password().map(Secret::reveal).orElse(""));
        login.setProperty("loginTimeout", CONNECT_TIMEOUT_S);
        login.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
        return login;
    }
}

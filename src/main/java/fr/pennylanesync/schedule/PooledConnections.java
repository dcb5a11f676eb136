package fr.pennylanesync.schedule;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.quartz.utils.ConnectionProvider;

/** Quartz's view of a pool. */
record PooledConnections(HikariDataSource pool) implements ConnectionProvider {

    @Override
    public Connection getConnection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void initialize() {
        // It is open already.
    }

    @Override
    public void shutdown() {
        pool.close();
    }
}

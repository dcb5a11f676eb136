package fr.pennylanesync.warehouse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Gives connections whose sessions say that they are the runtime's: what a migration changes is nobody else's work. */
final class RuntimeSessions extends DelegatingDataSource {

    RuntimeSessions(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(WarehouseServer.RUNTIME);
            return connection;
        } catch (SQLException broken) {
            connection.close();
            throw broken;
        }
    }
}

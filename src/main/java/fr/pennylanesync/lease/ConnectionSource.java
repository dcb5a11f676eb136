package fr.pennylanesync.lease;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection that nobody else uses. */
public interface ConnectionSource {

    Connection open() throws SQLException;
}
